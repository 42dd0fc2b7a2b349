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

// A clock runs on between two looks at the page, by the clock of the server: that of the visitor may be wrong. What it shows is read aloud
// only when another of the hours is reached at which people are told, and when time is up.
const TOLD_AT = [48, 24, 12, 1]
function tick(clock) {
  const ahead = Date.parse(clock.dataset.now) - performance.timeOrigin
  const leftNow = () => Date.parse(clock.dataset.deadline) - (performance.timeOrigin + performance.now() + ahead)
  const words = (many, word) => ` ${word}${many === 1 ? "" : "s"} `
  const said = document.createElement("span")
  said.className = "govuk-visually-hidden"
  said.setAttribute("role", "status")
  clock.after(said)
  let before = leftNow()
  const show = () => {
    const left = leftNow()
    const reached = TOLD_AT.find((hours) => before > hours * 3600000 && left <= hours * 3600000)
    if (reached) said.textContent = `${reached}${words(reached, "hour")}left.`
    if (before >= 0 && left < 0) {
      const late = document.createElement("small")
      late.textContent = "Late by "
      clock.prepend(late)
      said.textContent = "The 72 hours are over."
    }
    before = left
    const minutes = Math.floor(Math.abs(left) / 60000)
    const [hours, hoursWord, rest, restWord] = [...clock.children].slice(-4)
    hours.textContent = Math.floor(minutes / 60)
    hoursWord.textContent = words(Math.floor(minutes / 60), "hour")
    rest.textContent = minutes % 60
    restWord.textContent = words(minutes % 60, "minute")
  }
  setInterval(show, 10000)
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

// What a search to choose from finds is shown while it is typed, also what was typed before this script was there; the page
// that the form asks for carries it.
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
  const typed = form.querySelector("[type=search]")
  if (typed.value !== typed.defaultValue) form.dispatchEvent(new Event("input"))
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

// Files can be dropped anywhere on the form that brings them; what was chosen is said before it is sent.
function takeDrops(form) {
  const field = form.querySelector("input[type=file]")
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
    lineOf(form).textContent = field.files.length ? `Chosen: ${inWords(field.files)}.` : ""
  })
}

function inWords(files) {
  const bytes = [...files].reduce((sum, file) => sum + file.size, 0)
  const size = bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`
  return `${files.length} ${files.length === 1 ? "file" : "files"}, ${size}`
}

// Where a form says how far its work has come.
function lineOf(form) {
  return form.querySelector("[data-work-said]")
}

// What takes a while says so on its button, above a bar that moves, and is not sent a second time. Files do not set off
// while an answer that they need is open.
function sayWork(form) {
  const line = document.createElement("p")
  line.className = "sh-work"
  line.dataset.workSaid = ""
  line.setAttribute("role", "status")
  const bulk = form.querySelector(".sh-bulk")
  if (bulk) bulk.append(line)
  else form.append(line)
  let work
  const end = (words = "") => {
    work?.undo()
    work = undefined
    line.textContent = words
  }
  form.addEventListener("submit", (event) => {
    if (work) return event.preventDefault()
    const button = event.submitter ?? form.querySelector("[type=submit]")
    if (!button.dataset.busy) return
    const files = form.querySelector("input[type=file]")?.files
    const open = files?.length && [...form.querySelectorAll("[data-needed]")].find((field) => !field.value)
    if (open) {
      event.preventDefault()
      line.textContent = open.dataset.needed
      return open.focus()
    }
    work = begin(button, line)
    const way = files?.length ? sendFiles : "file" in button.dataset ? takeFile : null
    if (!way) return
    event.preventDefault()
    way(form, button, work, files).then(end, () => end("The connection broke. Open this page again and look what has arrived before you do it again."))
  })
  addEventListener("pageshow", (event) => event.persisted && end())
}

function begin(button, line) {
  const before = [...button.childNodes]
  const bar = document.createElement("progress")
  bar.className = "sh-progress"
  line.before(bar)
  const say = (words, rest) => {
    button.textContent = words
    bar.setAttribute("aria-label", words)
    const heard = document.createElement("span")
    heard.className = "govuk-visually-hidden"
    heard.textContent = `${words} `
    line.replaceChildren(heard, rest)
  }
  const undo = () => {
    bar.remove()
    button.replaceChildren(...before)
    button.removeAttribute("aria-disabled")
  }
  button.setAttribute("aria-disabled", "true")
  say(button.dataset.busy, "Keep this page open until it is done.")
  return { bar, say, undo }
}

// Files are sent with a bar that shows how much has gone; whatever page answers stands in the place of this one.
function sendFiles(form, button, { bar, say }, files) {
  const words = `Sending ${inWords(files)} …`
  const request = new XMLHttpRequest()
  let quarter = 0
  say(words, "Keep this page open until they are there.")
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.max = total
    bar.value = loaded
    if (Math.floor((4 * loaded) / total) === quarter) return
    quarter = Math.floor((4 * loaded) / total)
    say(words, `${25 * quarter}% is sent. Keep this page open.`)
  })
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value")
    say(button.dataset.busy, "All is sent. Keep this page open until it is done.")
  })
  request.open("POST", form.action)
  request.send(new FormData(form))
  return new Promise((resolve, reject) => {
    request.addEventListener("load", () => resolve(show(request.responseText, request.responseURL)))
    request.addEventListener("error", reject)
  })
}

// A file that has to be made first is fetched and then saved by the browser, so that the page knows when it is there.
async function takeFile(form, button) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)) })
  const name = answer.headers.get("Content-Disposition")?.match(/filename="([^"]+)"/)?.[1]
  if (!name) return show(await answer.text(), answer.url)
  const link = document.createElement("a")
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return `${name} is with your downloads.`
}

let shownAt = location.pathname

function show(html, address) {
  const page = new DOMParser().parseFromString(html, "text/html")
  document.title = page.title
  document.body.replaceChildren(...page.body.childNodes)
  if (address !== location.href) history.pushState(null, "", address)
  shownAt = location.pathname
  scrollTo(0, 0)
  start()
  const first = document.querySelector("main .govuk-error-summary, main .moj-alert, main h1")
  first.tabIndex = -1
  first.focus()
}

// What stands in a line is taken along by one press; the button says that it was.
function offerCopy(button) {
  const line = document.getElementById(button.dataset.copy)
  const said = document.createElement("span")
  said.className = "sh-dense"
  said.setAttribute("role", "status")
  button.after(said)
  button.hidden = false
  button.addEventListener("click", async () => {
    line.select()
    try {
      await navigator.clipboard.writeText(line.value)
    } catch {
      if (!document.execCommand("copy")) return
    }
    said.textContent = "Copied"
  })
}

function offerPrint(button) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
  if (button.dataset.print === "now") window.print()
}

function start() {
  startComponents()
  showWhatIsAsked()
  const parts = {
    "[data-print]": offerPrint,
    "[data-copy]": offerCopy,
    "[data-deadline]": tick,
    "form[data-draft]": keepDraftsOf,
    "form[data-find]": findWhileTyping,
    "form[data-names]": offerNames,
    "form:has([data-busy])": sayWork,
    "form[data-drop]": takeDrops,
    "form[data-choosing]": countChosen,
    [LONG_LIST]: addFinder,
  }
  for (const [where, does] of Object.entries(parts)) document.querySelectorAll(where).forEach(does)
}

start()
document.addEventListener("change", showWhatIsAsked)
document.addEventListener("keydown", (event) => event.key === "Escape" && shutMenus(event))
document.addEventListener("click", shutMenus)
addEventListener("popstate", () => location.pathname !== shownAt && location.reload())
