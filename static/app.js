// Every page works without this file; it only makes things quicker.

const LONG_LIST = ".sh-many"
const MENU = "details.sh-pop[open]"

function startComponents() {
  for (const id of ["govuk-script", "moj-script"]) {
    import(document.getElementById(id).href).then((library) => library.initAll())
  }
}

// A menu shuts with Escape, and when the attention goes elsewhere.
function shutMenus(event) {
  for (const menu of document.querySelectorAll(MENU)) {
    const isEscape = event.key === "Escape"
    if (isEscape && menu.contains(document.activeElement)) menu.querySelector("summary").focus()
    if (isEscape || !menu.contains(event.target)) menu.open = false
  }
}

// A long list of choices gets a line that shortens it. Chosen ones always stay in view.
function addFinder(list, number) {
  const label = document.createElement("label")
  label.className = "govuk-label sh-dense"
  label.htmlFor = `find-${number}`
  label.textContent = "Type to shorten this list"
  const line = document.createElement("input")
  line.className = "govuk-input govuk-input--width-20 sh-many__find"
  line.id = label.htmlFor
  line.type = "search"
  line.autocomplete = "off"
  line.addEventListener("input", () => shorten(list, line.value.trim().toLowerCase()))
  line.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault()
  })
  list.before(label, line)
}

function shorten(list, words) {
  for (const choice of list.children) {
    const isChosen = choice.querySelector("input").checked
    choice.hidden = !isChosen && !choice.textContent.toLowerCase().includes(words)
  }
}

startComponents()
document.addEventListener("keydown", (event) => event.key === "Escape" && shutMenus(event))
document.addEventListener("click", shutMenus)
document.querySelectorAll(LONG_LIST).forEach(addFinder)
