// The keyboard of a class grid: letters, arrows and one key for the rest of a row. Without this file each cell is a plain field.

const LOOKS = { Y: "sh-cell--y", N: "sh-cell--n", C: "sh-cell--n" }
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] }

function startGrid(form) {
  const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll(".sh-cell")])
  const places = new Map(rows.flatMap((row, y) => row.map((cell, x) => [cell, [y, x]])))
  const counter = form.querySelector("[data-new]")
  let typedLast
  let isChanged = false

  const before = (cell) => cell.dataset.was ?? cell.defaultValue
  const look = (cell) => {
    const isNew = cell.value !== before(cell)
    const isBad = cell.value !== "" && !(cell.value in LOOKS)
    cell.className = `sh-cell ${isBad ? "sh-cell--bad" : LOOKS[cell.value] ?? ""} ${isNew && !isBad ? "sh-cell--new" : ""}`
    if (isBad) cell.setAttribute("aria-invalid", "true")
    else cell.removeAttribute("aria-invalid")
  }
  const count = () => {
    const many = [...places.keys()].filter((cell) => cell.value && cell.value !== before(cell)).length
    counter.textContent = many || "the"
    counter.parentElement.lastChild.textContent = many === 1 ? " new answer" : " new answers"
  }
  const write = (cell, letter) => {
    cell.value = letter
    isChanged = true
    look(cell)
    count()
  }
  const at = (y, x) => rows[y]?.[x]
  const go = (cell) => {
    if (!cell) return
    cell.focus()
    cell.select()
  }
  const goOn = (cell) => {
    const [y, x] = places.get(cell)
    go(at(y, x + 1) ?? at(y + 1, 0))
  }
  const fillRow = (cell) => {
    const [y, x] = places.get(cell)
    const left = at(y, x - 1)
    const letter = left && (left === typedLast || !cell.value) ? left.value : cell.value
    if (!(letter in LOOKS)) return
    for (const each of rows[y].slice(x)) write(each, letter)
    go(at(y + 1, 0) ?? cell)
  }

  form.addEventListener("keydown", (event) => {
    const cell = event.target
    if (!places.has(cell) || event.ctrlKey || event.metaKey || event.altKey) return
    const letter = event.key.toUpperCase()
    if (event.key in MOVES) {
      const [y, x] = places.get(cell)
      const [down, right] = MOVES[event.key]
      go(at(y + down, x + right))
    } else if (event.key === "=") fillRow(cell)
    else if (event.key === " ") {
      write(cell, "")
      goOn(cell)
    } else if (letter in LOOKS) {
      write(cell, letter)
      typedLast = cell
      goOn(cell)
    } else {
      if (event.key.length === 1) cell.value = "" // a wrong letter takes the place of the one before, and is marked
      return
    }
    event.preventDefault()
  })
  form.addEventListener("input", (event) => {
    const cell = event.target
    isChanged = true
    if (!places.has(cell)) return
    const letter = cell.value.trim().toUpperCase()
    write(cell, letter in LOOKS ? letter : cell.value.trim())
    typedLast = cell
    if (cell.value in LOOKS) goOn(cell)
  })
  form.addEventListener("focusin", (event) => places.has(event.target) && event.target.select())
  form.addEventListener("submit", () => {
    isChanged = false
  })
  addEventListener("beforeunload", (event) => isChanged && event.preventDefault())
  for (const help of form.querySelectorAll("[data-keys]")) help.hidden = false
  count()
}

document.querySelectorAll("form[data-grid]").forEach(startGrid)
