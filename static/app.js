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

// A question that depends on another is shown once that one has an answer that asks for it.
function showWhatIsAsked() {
  for (const part of document.querySelectorAll("[data-when]")) {
    const values = part.dataset.values.split(" ")
    const chosen = document.querySelectorAll(`[name="${part.dataset.when}"]:checked`)
    part.hidden = ![...chosen].some((box) => values.includes(box.value) && !box.closest("[hidden]"))
  }
}

// What is typed is kept every few seconds, for the person who types; whoever leaves without saving is asked.
function keepDraftsOf(form) {
  const said = form.querySelector("[data-draft-said]")
  let waiting
  let isChanged = false
  const keep = async () => {
    waiting = undefined
    const pairs = [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && typeof value === "string")
    const headers = { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value }
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", headers, body: JSON.stringify(pairs), redirect: "manual" })
      if (!answer.ok) throw new Error("not kept")
      said.textContent = `What you typed is kept as a draft (${(await answer.json()).at}), for you only.`
    } catch {
      said.textContent = "What you typed is not kept as a draft now. Copy it before you leave this page, or sign in again in another window."
    }
  }
  form.addEventListener("input", () => {
    isChanged = true
    waiting ??= setTimeout(keep, 3000)
  })
  form.addEventListener("submit", () => {
    isChanged = false
    clearTimeout(waiting)
  })
  addEventListener("beforeunload", (event) => isChanged && event.preventDefault())
}

// What a search to choose from finds is shown while it is typed; the page that the form asks for carries it.
function findWhileTyping(form) {
  const found = document.getElementById(form.dataset.find)
  let waiting, asked
  const find = async () => {
    const address = `${form.action.split("#")[0]}?${new URLSearchParams(new FormData(form))}`
    asked = address
    const answer = await fetch(address)
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const fresh = page.getElementById(found.id)
    if (!answer.ok || asked !== address || !fresh) return
    found.querySelector("[role=status]").textContent = fresh.querySelector("[role=status]").textContent
    found.querySelector("ul")?.remove()
    const list = fresh.querySelector("ul")
    if (list) found.append(document.adoptNode(list))
  }
  form.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => find().catch(() => {}), 250)
  })
}

// After an @ the names of colleagues are offered; choosing one writes it and ticks that they are told.
function offerNames(form) {
  const text = form.elements.text
  const boxes = [...form.querySelectorAll("input[name=tell]")]
  const nameOf = (box) => form.querySelector(`label[for="${box.id}"]`).textContent.split(",")[0]
  const offers = document.createElement("div")
  offers.className = "sh-row sh-offers"
  offers.setAttribute("role", "group")
  offers.setAttribute("aria-label", "Colleagues to name")
  text.after(offers)
  const begun = () => text.value.slice(0, text.selectionStart).match(/(?:^|[^\w.@])@([^@\n]{0,40})$/u)?.[1]
  const choose = (box, typed) => {
    const end = text.selectionStart
    text.setRangeText(`${nameOf(box)} `, end - typed.length, end, "end")
    box.checked = true
    offers.replaceChildren()
    text.focus()
    form.dispatchEvent(new Event("input"))
  }
  const button = (box, typed) => {
    const made = document.createElement("button")
    made.type = "button"
    made.className = "sh-button"
    made.textContent = nameOf(box)
    made.addEventListener("click", () => choose(box, typed))
    return made
  }
  text.addEventListener("input", () => {
    const typed = begun()
    const fits = typed === undefined ? [] : boxes.filter((box) => nameOf(box).toLowerCase().startsWith(typed.toLowerCase()))
    offers.replaceChildren(...fits.slice(0, 5).map((box) => button(box, typed)))
  })
}

// The bar over chosen rows shows once there are any, with their count; the tick in the head chooses all of the page.
function countChosen(form) {
  const bar = form.querySelector(".sh-bulk")
  const said = bar.querySelector("[data-chosen]")
  const page = form.querySelector("[data-choose-page]")
  const all = form.elements.all
  const rows = [...form.querySelectorAll("input[name=row]")]
  const count = () => {
    const chosen = rows.filter((row) => row.checked)
    for (const row of rows) row.closest("tr").classList.toggle("is-chosen", row.checked || all.checked)
    page.checked = chosen.length === rows.length
    page.indeterminate = chosen.length > 0 && !page.checked
    said.textContent = all.checked ? `All ${said.dataset.chosen} chosen` : `${chosen.length} of ${said.dataset.chosen} chosen`
    bar.hidden = chosen.length === 0 && !all.checked
  }
  page.hidden = false
  page.addEventListener("change", () => {
    for (const row of rows) row.checked = page.checked
  })
  form.addEventListener("change", count)
  form.addEventListener("reset", () => setTimeout(count))
  window.addEventListener("pageshow", count)
  count()
}

// Files can be dropped anywhere on the form that brings them; what was chosen is said before and while it is sent.
function takeDrops(form) {
  const field = form.querySelector("input[type=file]")
  const said = form.querySelector("[data-drop-said]")
  const chosen = () => {
    const size = [...field.files].reduce((sum, file) => sum + file.size, 0)
    return `${field.files.length} ${field.files.length === 1 ? "file" : "files"}, ${Math.ceil(size / 1024).toLocaleString("en-GB")} KB`
  }
  const hover = (event) => {
    event.preventDefault()
    form.classList.toggle("is-over", event.type === "dragover")
  }
  for (const kind of ["dragover", "dragleave", "drop"]) form.addEventListener(kind, hover)
  form.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files
    field.dispatchEvent(new Event("change"))
  })
  field.addEventListener("change", () => {
    said.textContent = field.files.length ? `Chosen: ${chosen()}.` : ""
  })
  form.addEventListener("submit", () => {
    if (field.files.length) said.textContent = `Sending ${chosen()}. Keep this page open until they are there.`
  })
}

// What takes more than a moment says so while it is done.
function sayBusy(said) {
  said.closest("form").addEventListener("submit", () => {
    said.hidden = false
  })
  window.addEventListener("pageshow", () => {
    said.hidden = true
  })
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}

startComponents()
showWhatIsAsked()
document.addEventListener("change", showWhatIsAsked)
document.querySelectorAll("form[data-draft]").forEach(keepDraftsOf)
document.querySelectorAll("form[data-find]").forEach(findWhileTyping)
document.querySelectorAll("form[data-names]").forEach(offerNames)
document.addEventListener("keydown", (event) => event.key === "Escape" && shutMenus(event))
document.addEventListener("click", shutMenus)
document.querySelectorAll("form[data-drop]").forEach(takeDrops)
document.querySelectorAll("form[data-choosing]").forEach(countChosen)
document.querySelectorAll("[data-busy]").forEach(sayBusy)
document.querySelectorAll(LONG_LIST).forEach(addFinder)
