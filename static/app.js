// Starts the two component libraries. Every page works without this file; it only makes things quicker.
for (const id of ["govuk-script", "moj-script"]) {
  import(document.getElementById(id).href).then((library) => library.initAll())
}
