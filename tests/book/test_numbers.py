"""No computed number is typed by hand, and the pages show the verified ones."""

import ast
import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import prose as elsewhere
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([ROOT / "index.md", *(ROOT / "chapters").glob("*.md")])

DECIMAL = re.compile(r"(?<![\w.])\d+\.\d+")


def prose(text: str) -> str:
    """What an author typed for readers: no front matter, code, roles or addresses."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(
        r"^```\{code-cell\}.*?^```",
        lambda cell: " ".join(re.findall(r"(?:alt|caption): .*", cell.group())),
        text,
        flags=re.DOTALL | re.MULTILINE,
    )
    text = re.sub(r"\{explore\}`([^<`]*)<[^`]*`", r"\1", text)
    text = re.sub(r"\{\w+\}`[^`]*`", "", text)
    return re.sub(r"`[^`]*`|\]\([^)]*\)", "", text)


def typed_numbers(text: str) -> set[float]:
    """The decimal numbers typed in a page's prose that it does not declare as given."""
    header = yaml.safe_load(text.split("---\n")[1]) or {}
    given = {float(number) for number in header.get("given", [])}
    return {float(number) for number in DECIMAL.findall(prose(text))} - given


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_computed_number_is_typed(source: Path) -> None:
    typed = typed_numbers(source.read_text(encoding="utf-8"))
    assert typed == set(), (
        "compute these with {eval}, or declare them in `given:` if they are given"
    )


def test_a_typed_number_would_be_found() -> None:
    source = (ROOT / "chapters/genre-classifier.md").read_text(encoding="utf-8")
    place = "Back to the two predictions"
    assert place in source
    for planted in ("It costs 0.3567 nats.", "$L = 2.30259$", "**1.9459**"):
        assert typed_numbers(source.replace(place, f"{planted} {place}"))


def numbers(text: str) -> set[float]:
    return {float(number) for number in DECIMAL.findall(text)}


def literals(path: Path) -> set[float]:
    """The numbers that a file's code holds: what it is given, not what it computes."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        nodes = ast.walk(ast.parse(text))
        values = (node.value for node in nodes if isinstance(node, ast.Constant))
        return {float(v) for v in values if isinstance(v, int | float)}
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        code = ("".join(c["source"]) for c in cells if c["cell_type"] == "code")
        asks = ROOT / f"ce_lib/practice/content/{path.stem.replace('-', '_')}.py"
        return numbers("\n".join(code)) | literals(asks)
    return numbers(elsewhere.STRING.sub("", text))


#: How a number may be written, not what it is.
EXAMPLES = {"sentences.json": {0.25, 2.5}}


@pytest.mark.parametrize(
    ("spoken", "sentences"),
    [
        pytest.param(*source, id=str(source[0].relative_to(ROOT)))
        for source in elsewhere.sources()
    ],
)
def test_no_computed_number_is_typed_elsewhere(
    spoken: Path, sentences: list[tuple[int, str]]
) -> None:
    given = EXAMPLES.get(spoken.name) or literals(spoken)
    typed = {
        line: sorted(numbers(re.sub(r"`[^`]*`", "", words)) - given)
        for line, words in sentences
    }
    assert {line: found for line, found in typed.items() if found} == {}, (
        "compute these with ce_lib, or use the number in the file's code: GIVEN = (…)"
    )


def test_a_typed_number_would_be_found_elsewhere(tmp_path: Path) -> None:
    module = tmp_path / "content.py"
    module.write_text(
        'P = 0.7\nHINT = "It is 0.7."\nMISTAKE = "It costs 0.3567 nats."\n'
    )
    found = [words for _, words in elsewhere.python_prose(module.read_text())]
    assert numbers(" ".join(found)) - literals(module) == {0.3567}


class _Text(HTMLParser):
    """The words of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


#: Verified values that must stand on the pages, as they are shown there.
SHOWN = {
    "chapters/genre-classifier.html": [
        "good 0.3567 bad 2.3026 gap 1.9459",
        "mean price 0.8748 0.8748 song 1, Rock or not 0.3567 0.3567",
        "Rock 2.1 0.7838 Pop −0.5 0.0582 Jazz −0.3 0.0711 Classical −0.1 0.0869",
        "loss = 0.243569 nats",
        "Rock 0.2162 Pop −0.0582 Jazz −0.0711 Classical −0.0869",
        "mean loss 0.874812 nats",
        "1 Rock 0.7 0.1 0.1 0.1 0.3567 right",
        "4 Rock 0.3 0.3 0.2 0.2 1.2040 a tie",
        "5 Classical 0.4 0.2 0.2 0.2 1.6094 wrong",
        "0.2 0.416941 0.460000 0.001 0.144500 0.420200",
        "0.08, 0.04, 0.04, −0.16",
        "0.510826 nats. Classical:",
    ],
    "chapters/surprise-and-cross-entropy.html": [
        "bits nats H(P) 1.29546 0.897946 H(P, Q) 1.35328 0.938024",
        "costs 0.0578 bits more",
        "P 1 2 2 1.4 Q 1 2 2 1.4",
        "right 1308.1 1310",
        "1.00989 bits",
        "H(A, B) 1.20752 H(B, A) 1.00000 H(A, A) 1.00000",
        "normal with deviation 0.1 −0.883647",
        "uniform on 0 to 1/2 −0.693147",
        "1 bit and 1.73697 bits",
        "0.241971",
    ],
    "chapters/floor-plus-excess.html": [
        "nats floor 0.871133 excess 0.085123 bar 0.956256",
        "0.610864 nats, reached at",
        "by way of M 0.043390",
        "model, training songs 0.6929 model, fresh songs 0.7152 truth, fresh songs 0.7118",
        "H(Y | X) 0.708399",
        "model 0.7152 0.0021 truth 0.7118 0.0020",
        "difference 0.0034 0.0003",
        "the same songs 2488 songs of their own 287,168",
        "first sum 0.005361 both 0.105361 kl_divergence 0.105361",
        "shows a loss of 0.3944 nats",
        "− 0.293893 and 0.804719 , the sum 0.510826 nats",
        "is 0.368064 .",
        "H ( Q ) = 0.721928",
    ],
    "chapters/log-curve.html": [
        "q nats bits",
        "0.99 0.010050",
        "0.9 0.105361",
        "0.7 0.356675 0.514573",
        "0.1 2.302585 3.321928",
        "0.01 4.605170",
        "ln K, nats 2 0.693147 4 1.386294",
        "50,257 10.824905",
        "saves 2.3026 nats",
        "saves 0.1178 .",
        "3.2 nats = 4.61662 bits, perplexity 24.5325",
        "dL/dq −1.42857 dL/dz −0.30000",
        "0.223144",
        "0.693 + 2.303 = 2.996 nats",
        "0.6931 . A model",
        "that is 0.0560 nats",
        "has one of 10 , over four genres",
        "10.82 + 3.38 = 14.20",
        "0.001 −1000 . −0.999 −1.998 −0.0020",
        "2.6 14.17 4.4",
        "as dear as one of 2.40 .",
        "− 0.019602",
        "− 0.296296",
    ],
    "chapters/maximum-likelihood.html": [
        "likelihood 0.012600 log-likelihood −4.374058",
        "NLL / 5 0.874812 log_loss 0.874812",
        "0.0 and its NLL is 1749.6234",
        "frequencies 0.801819 0.000000 3.29417·10⁻⁴",
        "(0.6, 0.3, 0.1) 0.828631",
        "one more of each 0.820303 0.018485",
        "uniform 1.098612 0.296794 1.69351·10⁻⁵",
        "19.4518 times as probable",
        "0.118590",
        "0.610864 nats, with a deviation of 0.388281",
        "± 0.1228",
        "± 0.0388",
        "± 0.0039",
        "0.8748 ± 0.2326",
        "10 0.5562 −0.0547 −0.0500 0.6487 0.0378",
        "100 0.6058 −0.0050 −0.0050 0.6157 0.0049",
        "with probability 0.0283",
        "= 0.025 nats",
        "pays 0.126928 nats if it is a yes and 2.12693",
        "1.31326 nats",
        "w = 1.098612, b = 0.000000, q = 0.2500, 0.5000, 0.7500",
        "loss 0.605939 floor 0.499499 excess 0.106440",
        "0.325083",
        "0.368064 nats are excess",
        "10 2.26324 2.30259 0.0989513",
        "100 4.58925 4.60517 0.0101092",
        "1000 6.90501 6.90776 0.00100225",
        "1,000,000 13.81550 13.81551 1.00001·10⁻⁶",
        "0.1 1.6335 0.17835",
        "0.01 3.3593 0.03417",
        "0.001 5.2452 0.00526",
        "deviation of 0.707",
        "logit 0.847298 ± 0.690066",
        "0.376318 to 0.900232",
        "from 0.415974 to 0.984026",
        "H(Y) 1.335085 1.926121 H(Y | X) 0.708399",
        "0.626686 0.904117",
        "save 46.9 %",
        "0.278072 bits",
        "an entropy of 1.19355",
        "−1 4.12693 −1.87307",
        "A 0.5082360 0.1649860 B 0.4390205 0.1444277",
        "A − B 0.0692155 0.0224709",
        "3.08 errors",
        "0.219271",
        "0.316 of it",
    ],
    "chapters/softmax-gradient.html": [
        "20.0000 −1 0 1 0",
        "40.0000 −1 0 1 0",
        "−0.216 0.058 0.071 0.087",
        "−0.371 0.231 0.140",
        "−0.300 0.100 0.100 0.100",
        "−0.900 0.300 0.300 0.300",
        "the floor: 1.0297 nats",
        "along the chain nan nan nan",
        "0.99 −0.01 0.012247 0.014142",
        "0.5 −0.50 0.612372 0.707107",
        "0.01 −0.99 1.212497 1.400071",
        "lowest 0.000000 middle 0.168127 highest 0.363688",
        "from 0.670820 to 0.848528",
        "0.928738",
        "0.464369",
    ],
    "chapters/softmax-regression.html": [
        "1 −0.3 0.7 0.0 1.62297 2 −0.1 0.1 0.0 1.00194",
        "3 0.2 −0.2 −0.2 1.25042 4 0.0 0.4 −0.2 1.19712",
        "mean 1.26811, from 0: 1.09861, ln 3 = 1.09861",
        "2 0.546006 0.546006 3 1.386294 1.386294 mean 0.725290 0.725290",
        "1 −0.624793 −0.682637 −0.193195",
        "2 0.517609 0.309234 0.160131 3 0.107184 0.373402 0.033065",
        "10⁻³ 3.4·10⁻⁸ 1.8·10⁻⁴",
        "off by less than 10⁻⁶: True",
        "first 1.098612, last 0.628283, floor 0.628283",
        "length 0.721969: foretold 1.04649, found 1.04822",
        "none – – – – – 0.6283",
        "a feature forgotten – – found found – 0.8462",
        "the bias forgotten – – found – – 0.6283",
        "1/N forgotten – – found found found",
        "uphill – – found found found 127.6864",
        "softmax over the songs found found found found found 19.8520",
        "songs 1.3863 0.6929 0.7117 0.7084",
        "0.0134 and 0.0047",
        "0.7192 1.0986 0.5547 0.1759 0.0191 0.0019",
        "as it is 2 0.629221 0.628283",
        "× 25 1250 0.853533 0.822444 0.682057",
        "+ 5 390 0.954639 0.787531",
        "1.095265 1.079259",
        "0.0 0.0 0.0 0.1429",
        "0.7033 1.0342",
        "Newton 0.69315 0.58815 0.58687 0.58687",
        "start 0.721969 1.676930 0.592884",
        "truth 0.000000 1.245591",
        "1 . 0.065 0.5 0.027 0.25 0.012",
        "10 0.391546 0.700127 100 0.332976 0.967694",
        "1000 0.320748 1.381269 10,000 0.319510 1.803375",
        "1 0.831272 0.554013 0.466",
        "1000 0.279390 0.002131 6.849",
        "1/C loss after 0 1 10 100 1000 scaled 1.055424",
        "as they came 0.000147",
        "A factor of 7161",
        "1.3863 1.0960 0.8213 0.7042 0.6929",
        "1.3863 1.3238 1.3002 1.2997 1.2951",
        "0 1.3863 1 129.7538 2 527.9341",
        "1.09861 nats",
        "0.4, −0.2, −0.2",
        "0.740805 nats",
        "3.0000 −2.5908 7.1251 −365.3077",
        "4.0000 2.8719 1.8862",
        "our class 0.383",
    ],
    "chapters/squared-error.html": [
        "−4 1 15 70 4.7",
        "−8 1 19 1542",
        "−8 10 2 154",
        "cross-entropy, bad −0.900 0.300 0.300 0.300",
        "squared error, good −0.168 0.056 0.056 0.056 squared error, bad −0.216 0.072",
        "0.001 −0.999000 −0.001996 500.501",
        "0.010 −0.990000 −0.019602 50.505",
        "0.333 −0.666667 −0.296296 2.250",
        "0.990 −0.010000 −0.000198 50.505",
        "−6 0.995061 0 0.250000 their mean 0.622530 −3 0.907397",
        "−4 91 62",
        "−8 143 78",
        "−24 316 1435",
        "0.001 18.2 0.09",
        "plain, from 0 −0.3188 −0.2255",
        "plain, from 2 −0.3188 3.2961",
        "Adam, from 2 −0.3188 6.7420",
        "−0.066922",
        "0.99 0.010050 0.000100 100.50",
        "0.001 6.907755 0.998001 6.92",
        "growth: 687.316 and 9980.01 times",
        "0.0474259 . The losses are 3.04859 nats and 0.907397",
        "− 0.952574 and − 0.0860682",
        "11.068",
        "− 0.693147 , where the push is largest, 0.296296",
        "− 0.993396",
        "− 0.0257268",
    ],
    "chapters/brier-and-log-score.html": [
        "Brier 0.70 log 0.70",
        "good 0.356675 0.120 bad 2.302585 1.080",
        "costs 9.00 times as much, by log 6.4557 times",
        "0.333) 6.90776 1.33067",
        "0) 6.90776 1.99600",
        "Rock or not, is 0.998001 for both",
        "bold pays 0.1140 ± 0.0043 nats more",
        "2 0.9 0.6942",
        "100 0.7 0.5386",
        "100 0.1 0.1131",
        "1000 0.05 0.0588",
        "Log: 0.693147 and 0.967584 nats, so A. Brier: 0.500 and 0.512533 , so A again",
        "Brier: 0.52 = 0.465 + 0.055.",
        "Log: 0.956256 = 0.871133 + 0.0851228 nats.",
        "0.578480",
        "it lies above: 0.1131",
    ],
    "chapters/calibration.html": [
        "log 0.639 0.673 0.086 0.052 Brier 0.220 0.240 0.040 0.020",
        ": 0.052 nats a song, or 0.02 by Brier",
        ": 0.0032 here, and with five songs a group 0.032 ,",
        "Brier saves 0.0151 ± 0.0041 ,",
        "Brier score 0.1947 0.1848 0.0099 ± 0.0034",
        "the error is 0.00 . Fifty bins part them, and each is off by 0.18 ,",
        "998 0.0000",
        "0.56850 = 0.68814 − 0.13251 + 0.01287 nats",
    ],
    "chapters/logits-you-never-store.html": [
        "8192 × 4096 2 0.06250",
        "8192 × 128,256 4 3.91406",
        "16,384 × 50,257 4 3.06744",
        "131,072 × 128,256 2 31.31250",
        "2, 1, 0.5 2 1.59101 2.46437",
        "0, −1, 3 3 1.06810 3.06588",
        "merged 3 1.65340 3.50284",
        "Adding the two LSE gives 5.53025",
        "as they are gives 3.97799",
        "by tokens 100.663 by vocabulary 134.218",
        "LSE 3.50284, loss 1.50284",
        "2, 1, 0.5 0.000607 0.000493",
        "plus 5 0.005572",
        "32,000 zeros 0.010761",
        "10 9.6454 0.8966",
        "20 17.4835 0.6604",
        "30 22.8478 0.4200",
        "60 28.9208 0.0707",
        "1.61117",
        "22.8478",
        "4.61512",
        "9.21034",
        "7.62462",
    ],
    "chapters/logsumexp.html": [
        "float16 11.0899 −17.3 7.62",
        "bfloat16 88.7189 −92.9 5.55",
        "float32 88.7228 −104.0 16.64",
        "float64 709.7827 −745.1 36.74",
        "is about 1.97·10⁴³⁴ , and float64 ends near 1.8·10³⁰⁸ .",
        "LSE 1002.343569, loss 0.243569",
        "99.98309 ∞ nan ∞",
        "100.00000 1 −1 0",
        "∞ nan nan nan",
        "104.00000 1 −1 0",
        "is −103.28 ,",
        "torch 0 scipy 0",
        "float32 at −87.3 .",
        "bfloat16 6 5.55",
        "float32 17 16.64",
        "float16 17 bfloat16 17",
        "sums to 0.8 −0.1775 kl_div , q −1.1931 kl_div , ln q 0.0204",
        "104, 0, 0 1 104.0",
        "1·10⁻¹⁵ 34.5388 9.99·10⁻¹⁶ 1.0000000",
        "1·10⁻¹⁰ 23.0259 1.00·10⁻¹⁰ 1.0000000",
        "1·10⁻⁷ 16.1181 1.00·10⁻⁷ 0.9999999",
        "−1.00000·10⁻¹⁰ nats",
        "anything below 3.0·10⁻⁸",
        "loss 34.5388 instead of 40, steepest dL/dz 0.0",
        "sigmoid −200 1 100.0 0.0",
        "logits −200 1 200.0 −1.0",
        "20 0 100.0 0.0",
        "20 0 20.0 1.0",
        "16.5762",
        "0.244728, 0.665241, 0.090031",
        "1001.407606 . Subtract",
        "1.40761 , 0.407606 , 2.40761 nats",
        "1.001943 nats",
        "20.0000000021",
        "the loss is 0 from 17, ln q is −∞ from 104",
    ],
    "chapters/pytorch-in-practice.html": [
        "F.cross_entropy(z, y) 0.385362 nn.CrossEntropyLoss()(z, y) 0.385362",
        "F.nll_loss(log_q, y) 0.385362 -log_q[[0, 1], y].mean() 0.385362",
        "NllLossBackward0 ← LogSoftmaxBackward0",
        "probabilities into cross_entropy 0.782803",
        "log-probabilities into cross_entropy 0.385362",
        "logits into nll_loss −2.250000",
        "probabilities into nll_loss −0.682328",
        "dim=0 0.201413",
        "0.304756, after a sigmoid 0.537654",
        "0.313262",
        "2 0.31326 1.31326 0.69315 4 0.74367 1.74367 1.38629",
        "10 1.46115 2.46115 2.30259 100 3.62221 4.62221 4.60517",
        "1000 5.90947 6.90947 6.90776",
        "1.51115 nats",
        "as it came 0.612284 transpose(1, 2) 0.035976 both flattened 0.035976",
        "1 . 0.464369 2 . 0.928738 0.3 0.139311",
        "mean 0.464369 reduction='none' , then mean 0.232184",
        "all ignored: mean nan all ignored: sum 0.000000",
        "all ignored nan 0 class weights of 0 nan nan a mask by hand nan nan",
        "0.464369, 0.0",
        "times as long as it should be, and turned by 7 degrees",
        "first part, its mean 0.38536 second part, its mean 3.09492",
        "mean of the means 1.74014 sums over the count 1.28855",
        "all at once 1.28855",
        "its mean 1.74014 0.4702",
        "W times its sum / the count 1.28855",
        "steps of 0.125 .",
        "each holds 3.07 GiB",
        "cross_entropy 1.00 cross_entropy , reduction='sum' 1.00",
        "logarithm of softmax, nll_loss 2.00 one-hot floats 2.00",
        "logits in bfloat16 0.50 the same under autocast 1.00",
        "goes in steps of 0.0625 .",
        "cross_entropy none softmax twice ±1000 softmax over the songs zeros: ln K,",
        "0.711461",
    ],
    "chapters/yes-or-no.html": [
        "Rock 2 0.705385 0.880797 Pop 1 0.259496 0.731059 Jazz −1 0.035119 0.268941",
        "sum 1.000000 1.880797",
        "(N,) (3,) 0.304756 (N, 1) (3, 3) 0.804756",
        "0.107290 unsure",
        "0.496211 wrong",
        "2.001770",
        "0.304756 0.304756",
        "logits of ±5, then pays 0.506 .",
        "softmax over two 0.241008",
        "sigmoid of the gap 0.241008",
        "loss 0.0, for a column of floats 0.0",
        "−3 . 1.0 0.0 0.5 1.0 0.0 4 . 1.0 0.0",
        "0.263282 nats, with either",
        "Rock, yes 0.126928 Pop, yes 0.313262 Jazz, no 0.313262",
        "sum 0.753451 mean over tags 0.251150",
        "(½, ½, 0) 0.849012 0.693147 (1, 1, 0) 1.698024 1.386294",
        "80, 3 0.159916 12.793276 55.451774",
        "only 23 % of",
        "20, 1 0.198515 3.970305",
        "10, 1 0.325083 3.250830",
        "−2.94444",
        "−4.59512",
        "of 0.9 it is 0.364 .",
        "0.3 0.610864 −0.847298 0.5 0.693147 0.000000 0.9 0.325083",
        "2 4.13 0.69 −1.87 −10.00",
        "255 510.13 0.69 −507.87 −2540.00",
        "−1 −1.87 0.69 4.13 20.00",
        "0.916291 0.185",
        "0.916291 0.360",
        "1 2.30259 0.95",
        "3 2.30259 0.55 4 2.30259 1.15 5 2.30259 1.95",
        "0.182426, 0.440034, 0.377541",
        "per answer 0.325083 ten of them, per song 3.250830 which one, per song 2.302585",
        "7.5354",
        "−1.94591",
        "0.500402",
        "0.863046 nats are for three noes",
        "0.0181499 nats there",
    ],
    "chapters/label-smoothing.html": [
        "smoothed 0.925 0.025 0.025 0.025 0.502618",
        "hard 1.000 0.000 0.000 0.000 0.356675",
        "floor, H(t) 0.348780 excess, D(t‖q) 0.153838",
        "smoothed −0.225 0.075 0.075 0.075",
        "3.61092 : the dot in the figure",
        "is 1.81611 nats, far above the hard loss",
        "gets cheaper, 0.262630 nats",
        "smoothing asks for 0.925000, the entropy bonus for 0.999864",
        "built in 0.423569 target 0.423569 lead 0.423569 ε′ = 0.1 0.483569",
        "0.933333 0.033333 0.033333 others, 0.1 0.900000 0.050000 0.050000",
        "Hard: 0.0512933 nats. Smoothed: 0.358177 , of which 0.348780 is floor",
        "only 0.00939632 excess",
        "( +0.025, −0.005, −0.005, −0.015 )",
        "ε = 0.1: −0.075, +0.025; ε = 0.2: +0.000, +0.000; ε = 0.3: +0.075, −0.025",
        "( −0.125, +0.125, +0.015, −0.015 )",
        "0.84 for the true class and 0.04 for each other. The floor is 0.661477 nats",
        "0.16 , what the true class gives away",
    ],
    "chapters/temperature-and-distillation.html": [
        "0.016 0.117 0.867 0.441",
        "0.090 0.245 0.665 0.832",
        "0.186 0.307 0.506 1.020",
        "2.078 0.191 0.309 0.500 1.026",
        "0.301 0.332 0.367 1.095",
        "0.387456, 0.235004, 0.235004, 0.142537",
        "1.13459",
        "0.5 0.457949 0.608205",
        "0.7 0.717801 0.763144",
        "0.999973 0.999973",
        "1.5 1.264142 1.322094",
        "0.680925 0.141816 0.141816",
        "lowest log score 2.2022 0.586872 0.003871 0.007741",
        "lowest error, one bin 2.2549 0.586920 0.000000 0.009087",
        "lowest error, ten bins 2.1640 0.586899 0.006756 0.006756",
        "0.7961 and 0.6116 , and pays 0.586872 nats, where 0.586707",
        "0.1 2.06·10⁻⁹",
        "H(even) 0.394398 H(uneven) 0.375123 D(uneven‖even) 0.019274",
        "1 0.524267 1.685124 2.209391",
        "2 0.905959 0.518454 1.424413",
        "4 1.048130 0.134659 1.182789",
        "of the two slopes: 0.0",
        "which is 2.11111 for this pair",
        "1 2.20939 0.986720 0.98672 1.68512",
        "2 1.42441 0.289590 1.15836 2.07382",
        "4 1.18279 0.074787 1.19659 2.15454",
        "8 1.11966 0.018712 1.19754 2.14839",
        "16 1.10385 0.004662 1.19340 2.13345",
        "a third of it 1.18634",
        "ln 3 = 1.09861 . Without",
        "0.134659 +",
        "2.28107 nats. Without",
        "it would be 1.27113 , with",
        "in its place 1.47312",
        "2.062 0.7236 2.098",
        "reverse 2.000 0.5004 15.28 0.6931",
        "larger 0.510750 smaller 0.916174",
        "0.021006 four genres 0.021901 nothing in common 0.693147",
        "ln q, p 0.085123 q instead of ln q −1.291133 swapped 0.092033",
        "logits −2.471133 ln q, ln p nan",
        "it prints 0.0212807 ,",
        "it prints 0.0851228 , as (2, 5, 4) 0.4256141",
        "2 0.700000 0.714286 0.356675 5 0.930000 0.537634 0.072571",
        "= −0.249672",
    ],
    "chapters/weights-and-focal-loss.html": [
        "0.0909091 on; if a false alarm costs four times as much, from 0.8 on",
        "0.1 9 0.500000 0.10",
        "0.01 99 0.500000 0.01",
        "0.3 5 0.681818 0.30",
        "0.4375, 0.25 and 0.3125",
        "0.476190, 1.66667 and 3.33333",
        "4 to 5, or 0.444444. In logits: 1.38629 minus 1.60944",
        "no weights 0.510826",
        "class numbers 0.906910",
        "one-hot rows 2.116123",
        "log_loss , sample_weight 0.906910",
        "a yes: 0.304756 nats. With pos_weight 3 it is 0.705426 ,",
        "gives 0.302325 , divided",
        "cross_entropy , weight 5 1.203973 1.203973",
        "BCE, pos_weight 3 0.126928 0.380784",
        "0.791993 nats. The halves have 0.105361 and 1.02087 , on average 0.563116",
        "1 1 0.01 8 7 0.08 32 21 0.27 128 40 0.66 512 47 0.90",
        "ends at 0.27 %",
        "variance of it 6.313131 0.250000",
        "no rare song among 32 0.724980",
        "25.3 times the variance",
        "then worth 8.33 %",
        "0.407606, 1.40761 and 2.40761",
        "0.117287, 2.37005 and 4.06320",
        "(0.285714, 0.428571, 0.285714)",
        "0.1054 0.01 0.001054 0.10 0.00290",
        "0.6931 0.25 0.173287 0.50 0.29829",
        "2.3026 0.81 1.865094 0.90 1.10202",
        "1770 times the loss, 81 times the factor, 380 times the push",
        "21.9 times the loss, 9 times the push",
        "below 0.2976 , it pushes harder than cross-entropy, and hardest at 0.0578",
        "10.0503 nats against 2.30259",
        "0.00100503 against 1.86509",
        "0.1 0.305787 0.226589 0.035714",
        "0.3 0.421520 0.326001 0.125000",
        "0.5 0.500000 0.398824 0.250000",
        "0.7 0.578480 0.476541 0.437500",
        "0.9 0.694213 0.601176 0.750000",
        "0.99 0.846376",
        "asks for 0.8327 , one of 5 for 0.5974",
        "3 0.70 0.530610 0.70",
        "10 0.50 0.398948 0.50",
        "10 0.20 0.192342 0.20",
        "100 0.30 0.291116 0.30",
        "100 0.10 0.113141 0.10",
        "1000 0.05 0.058759 0.05",
        "50,257 0.10 0.119538 0.10",
        "push 111 times as hard as ten objects at 0.1. With",
        "it is 0.027 times",
        "back, to 0.081",
        "a leader above 0.27 is",
        "gives 0.0320388 for 0.0640776",
        "its slope nan",
        "the floor is 0.939847 nats",
        "3.58352 between the logits; for two classes 0.500402",
        "is sent to 0.722222 and has a loss of 0.325422 nats (plain: 0.105361 )",
        "loss of less than 0.223144 or more than 3.80666",
        "the logit is −0.028835 , where plain cross-entropy has −0.99",
        "does the opposite: −1.06",
        "(0.66, 0.34)",
        "it is −0.627048",
        "everywhere 1 % 0.056002 0.990000",
        "on the object 90 %, else 1 % 0.011003 0.377163",
        "on the object 90 %, else 0 0.001054 0.052632",
        "0.610864 0.700000",
        "0.538462",
    ],
    "chapters/folklore.html": [
        "log score 0.3567 2.3026 6.4557",
        "Brier score 0.1200 1.0800 9.0000",
        "10.4143 50 %",
        "0.654 0.115 0.115 0.115 0.425",
        "0.850 0.050 0.050 0.050 0.163",
        "H(P, coin) nats 0.693147 H(P, coin) bits 1.000000 H(P) bits 0.881291",
        "bits Huffman 1.40000 H(P) 1.29546",
        "at least 0.610864 nats",
        "waste 0.085123",
        "curvatures 0.000000, 0.168127, 0.363688",
        "once −0.99340 twice −0.00845",
        "middle 0.907397 mean of ends 0.622530",
        "0.001 6.92 −0.9990 −0.0020",
        "0.99 100.50 −0.0100 −0.0002",
        "500.5 times harder",
        "0.296296 at q = 0.3333",
        "0.056002 nats",
        "1 1 0.5000 10 1 0.0909 1 4 0.8000",
        "1 0.7000 0.4375 0.7000 2 0.2000 0.2500 0.2000 3 0.1000 0.3125 0.1000",
        "shares 0.9878 0.0122 inverse shares 0.5000 0.5000",
        "cross_entropy 0.6931 0.6931 binary 0.6931 3.466",
        "weighted 0 6.313 oversampled 0 0.2500",
        "8.33 %",
        "cross-entropy 0.9000 1.000 focal loss 1.102 0.000299",
        "0.9398 nats for who knows all classes",
        "0.520 = 0.465 + 0.055",
        "focal, γ = 2 0.578",
        "average prediction 1.5766, average price 1.8356 nats",
        "log score 0.916291 0.967584",
        "Brier score 0.720000 0.512533",
        "float64 709.7827",
        "softmax 1.032 dL/dz −0.110",
        "calibration error 0.000",
        "1 0.818 yes",
        "3 0.622 no",
        "class 1 99.98309 100.00000",
        "7.44015·10⁻⁴⁴",
        "highest loss 34.5388 ∞ D 16.5762 ∞",
        "sure and right −1.00·10⁻¹⁰ sure and wrong 23.03",
        "BCELoss 100 0 BCEWithLogitsLoss 200 −1",
        "0.50262 0.34878 0.15384 95 % 0.35818 0.34878 0.00940",
        "0.743668",
        "uniform 0.9333 0.0333 0.485362 others 0.9000 0.0500 0.535362",
        "smoothing 0.925000 bonus 0.999864",
        "0.00250 0.00250 100, 0, 0, 0 . 73.61 937.5",
        "the best 3.29417·10⁻⁴ 0.801819 uniform 1.69351·10⁻⁵ 1.098612",
        "floor 0.610864, training loss 0.556209 on average",
        "1 0.2500 0.1000 2 0.5000 0.8000 3 0.7500 0.6000 sum 1.5000 1.5000",
        "1000 1.0·10⁻³ 6.9050",
        "mean 0.707, sum 31.6",
        "2 2.12693 4.12693",
        "0.5 0.6082",
        "16 1.1039 0.0047 1.1934",
        "D 1.6851 0.7538",
    ],
    "chapters/language-models.html": [
        "11.7846 nats for 10 letters and spaces",
        "costs 0.3322 nats, a little less than our good prediction of Rock , 0.3567",
        "costs 2.9258 , more than the bad one, 2.3026",
        "3.2958 each time",
        "from 11.7846 down to 10.6272 nats",
        "is 3.18174",
        "1 1.9895 34 of 430 2.4295 2.3723 2.3182",
        "2 1.0986 135 of 430 2.5695 2.2624 2.1636",
        "3 0.4841 226 of 430 2.7969 2.3875 2.1260",
        "4 0.2180 293 of 430 2.9797 2.6574 2.1800",
        "Chance is at 4.75",
        "5.62402 nats. With 1 in place of 0.1 it is 3.9512",
        "letters 430 2.1260 8.381 914.17 3.0671",
        "pairs 215 4.2519 70.242 914.17 3.0671",
        "says 4.617 bits per token and 1.02592 bits per byte",
        "18.1741. The mean of the two perplexities is 13.7373",
        "by tokens it is 18.8159",
        "nothing 0.693147 the shares 0.500402 the song before 0.394669",
        "0.569387 bits",
        "0.105734 is what the song before tells",
        "0.462098 nats",
        "shifted once 0.394669",
        "shifted twice 0.472770",
        "only 0.078 higher",
        "1 0.5004 3.3387 2 0.4475 3.0792 4 0.4211 2.5453 8 0.4079 2.3434 16 0.4013 2.2129",
        "0.602884 nats That is more than the 0.500402 with nothing in view",
        "2.16667",
        "as published 1.6900 1.9366 1.9191 1.9079",
        "fitted anew 1.8172 1.9739 1.9564 1.9570",
        "differ by 0.037 nats",
        "7.68037",
        "first 2 8 3.0 1.5000 0.3750",
        "second 4 16 5.0 1.2500 0.3125",
        "third 3 24 4.2 1.4000 0.1750",
        "14.4 nats in all and B 15.6",
        "3.32012 times the probability. In bits per byte: 0.865617, where B has 0.937752",
        "11.0232 and 3.66930",
    ],
    "chapters/other-guises.html": [
        "0.0560 nats, 99 of 100 pixels right",
        "0.5 6931.47 99.99 1732.87 99.99",
        "0.01 105.10 95.62 4.52 0.22",
        "1.02165 = 1.02165, 0.3406 a word",
        "next word, mean 0.458145 hidden word, 15 % hidden 0.293644",
        "masked diffusion, whole text 0.916291 −ln of the text 0.916291",
        "2 0.6931 0.1269 0.1269",
        "256 5.5452 3.5698 4.5480 0.0111",
        "32,768 10.3972 8.3974 9.3972 0.9111",
        "from 5.55 to 4.55",
        "at least 5.04518 nats",
        "CLIP, T = 1 0.738272 0.734975 0.736624",
        "CLIP, T = 0.1 0.019747 0.008925 0.014336",
        "2.164264",
        "10.000137",
        "2.079442",
        "0, 0 0.0 0.693147 −0.050000",
        "1, −1 0.2 0.598139 −0.045017",
        "−7, −11 0.4 0.513015 −0.040131",
        "0.477386 0.215762 0.477386",
        "0.693147 0.000000 0.693147",
        "a a 0.28 1.272966 a blank 0.12 2.120264 blank a 0.42 0.867501",
        "all three 0.82 0.198451",
        "1 0.4 0.487805 −0.087805 2 0.7 0.853659 −0.153659",
        "0.5 0.857399 0.000000 0.857399 0.259562",
        "0.9 0.255768 0.368064 0.623832 0.025995",
        "0.8182 0.378829 0.219008 0.597837 0.000000",
        "starts at 5.54518 nats",
        "0.011250 = 0.011250",
        "0.1667 −0.1667 0.0000 0.2222",
        "0.1667 −0.1667 0.0000 0.0556",
        "−0.549306",
        "5:5 0.50 0.693147 0.500000 into 4:1, 1:4 0.20 0.500402 0.320000",
        "0.25 0.562335 0.375000",
        "0.25 0.477386 0.333333",
        "gains 0.192745 nats",
        "makes that 1.60944",
        "q(1 − q) 1.5000 −0.5000 −1.0000 0.918956",
        "× K/(K − 1) 1.0000 −0.3333 −0.6667 0.854749",
        "× 2 0.7500 −0.2500 −0.5000 0.864540",
        "0.296794 0.000000 (0.5, 0.3, 0.2) 0.211671 0.085123",
        "0.0201 −0.0845",
        "from 0.250 to 0.325: 3.73697 bits",
        "0.152584",
        "0.510826 nats",
        "−0.333333",
        "floor of 4.548",
    ],
    "chapters/choosing-a-loss.html": [
        "honest 1.1421 0.6350 0.3958 0.4575 0.6350",
        "bold +0.2517 +0.1262 +0.0502 +0.1141 −0.0865",
        "shrug +0.2442 +0.1150 +0.1042 +0.1925 +0.1150",
        "tail swapped +0.4479 +0.1250 +0.1035 +0.1250 +0.0625",
        "all in +∞ +0.3650 +0.1042 +0.2925 −0.1350",
        "0.001 0.014067 0.000162 0.000041",
        "10 0.382783 0.282",
        "100 0.113570 2.817",
        "better than that with up to 116 songs, and now and then with up to 146",
        "differ by 0.0282 nats a song, and from song to song this strays by 0.247",
        "log 308 Brier 336",
        "the price, nats 0.3567 2.3026",
        "what a code takes, bits 0.5146 3.3219",
        "0.8143 nats on fresh ones, a floor of 0.7721 and an excess of 0.0422",
        "it paid 0.7369",
    ],
    "chapters/reference-card.html": [
        "bits 0.514573 3.321928",
        "−1.42857 −10.00000 slope in",
        "−0.30 −0.90",
        "0.12 1.08",
        "0.502618 2.220189",
        "float16 11.0899 −17.3 7.62 bfloat16 88.7189 −92.9 5.55",
        "float32 88.7228 −104.0 16.64 float64 709.7827 −745.1 36.74",
        "cost 0.243569 nats",
        "mean loss 0.874812 nats, typical probability 0.416941 , perplexity 2.39842",
        "songs: 0.708399 nats",
        "0.610864 + 0.021601",
        "0.348780 for",
    ],
}


@pytest.mark.parametrize("chapter", SHOWN)
def test_the_page_shows_the_verified_numbers(book: Path, chapter: str) -> None:
    parser = _Text()
    parser.feed((book / chapter).read_text(encoding="utf-8"))
    words = " ".join(" ".join(parser.words).split())
    missing = [number for number in SHOWN[chapter] if number not in words]
    assert missing == []


_NUMBER = r"(?<![\w.])\d+(?:\.\d+)?"
_TERMS = rf"[−-]?{_NUMBER}(?: [+−-] {_NUMBER})+"
#: "0.5 + 0.25 = 0.75", and the same the other way round.
SUM = re.compile(rf"({_TERMS}) = ([−-]?{_NUMBER})(?![\d.])")
SPLIT = re.compile(rf"([−-]?{_NUMBER}) = ({_TERMS})(?! ?[=\d.])")


def wrong_sums(words: str) -> list[str]:
    """The sums in a text whose digits, as they stand there, do not add up."""
    shown = [(found[0], found[1], found[2]) for found in SUM.finditer(words)]
    shown += [(found[0], found[2], found[1]) for found in SPLIT.finditer(words)]
    wrong = []
    for text, terms, total in shown:
        signed = terms.replace("−", "-").replace(" ", "")
        added = sum(map(Decimal, re.findall(r"[+-]?[\d.]+", signed)))
        stated = Decimal(total.replace("−", "-"))
        last = Decimal(1).scaleb(int(stated.as_tuple().exponent))
        if abs(added - stated) > last / 2:
            wrong.append(text)
    return wrong


def test_sums_add_up_as_they_are_shown(book: Path, path: str) -> None:
    parser = _Text()
    parser.feed((book / path).read_text(encoding="utf-8"))
    assert wrong_sums(" ".join(" ".join(parser.words).split())) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("0.693 + 2.303 = 2.996 nats", False),
        ("0.69 + 2.30 = 3.00 nats", True),
        ("0.639032 = 0.673012 − 0.0863046 + 0.0523248 nats", False),
        ("0.22 = 0.24 - 0.04 + 0.03", True),
    ],
)
def test_a_sum_that_does_not_add_up_would_be_found(words: str, wrong: bool) -> None:
    assert bool(wrong_sums(words)) == wrong
