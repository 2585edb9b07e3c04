"""What scikit-learn asks of an estimator, answered without importing it.

`clone`, pipelines and searches read and set parameters by name, and ask for tags. The
tags' classes are scikit-learn's own: who asks for them has loaded it.
"""

from __future__ import annotations

import inspect
import sys
from typing import Any, Self

import numpy as np


class Classifier:
    """Parameters by name, tags, and a name that shows what differs from the defaults."""

    @classmethod
    def _defaults(cls) -> dict[str, Any]:
        arguments = inspect.signature(cls).parameters.values()
        return {argument.name: argument.default for argument in arguments}

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters by name.

        Parameters
        ----------
        deep : bool, default True
            Taken as scikit-learn passes it; no parameter has parameters of its own.

        Returns
        -------
        dict
            As given to the constructor.
        """
        return {name: getattr(self, name) for name in self._defaults()}

    def set_params(self, **params: Any) -> Self:
        """Set parameters by name; they are checked when the model is fitted.

        Parameters
        ----------
        **params
            New values.

        Returns
        -------
        SoftmaxRegression
            The model itself.

        Raises
        ------
        ValueError
            If there is no parameter of that name.
        """
        for name, value in params.items():
            if name not in self._defaults():
                raise ValueError(
                    f"{name}: expected one of the parameters "
                    f"{', '.join(self._defaults())} of {type(self).__name__}"
                )
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        changed = (
            f"{name}={value!r}"
            for name, value in self.get_params().items()
            if not np.array_equal(value, self._defaults()[name])
        )
        return f"{type(self).__name__}({', '.join(changed)})"

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "classes_")

    def __sklearn_tags__(self) -> Any:
        utils: Any = sys.modules["sklearn.utils"]
        return utils.Tags(
            estimator_type="classifier",
            target_tags=utils.TargetTags(required=True),
            classifier_tags=utils.ClassifierTags(),
        )

    def _refuse_unfitted(self) -> None:
        if self.__sklearn_is_fitted__():
            return
        known: Any = sys.modules.get("sklearn.exceptions")
        error = known.NotFittedError if known else ValueError
        raise error(
            f"{type(self).__name__}: expected a fitted model; it is not fitted yet, "
            "call fit"
        )
