// The words of an address that leads nowhere are a good question to the search.

{
  const field = document.querySelector("form[data-words] input");
  const [name] = decodeURIComponent(location.pathname).split("/").at(-1).split(".");
  field.value = name.replace(/[^\p{L}]+/gu, " ").trim();
}
