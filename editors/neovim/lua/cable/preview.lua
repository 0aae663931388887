--- The cable as a person reads it, in a split beside it: it follows the cable, scrolls with it and leads back to it.

local server = require('cable.server')

local M = {}

--- So many milliseconds after the last change the page is made anew.
local PAUSE = 200

--- The code of LSP for an answer about a text that is no longer there.
local CONTENT_MODIFIED = -32801

---@class cable.Preview
---@field bufnr integer the page
---@field window integer where it is shown
---@field source integer the buffer of the cable
---@field is_new boolean whether no page of this cable has been shown yet
---@field lines (integer|vim.NIL)[] for each line of the page the line of the cable it comes from
---@field flow integer[] the same for scrolling: what is above never comes from further below
---@field settled table<integer, integer> the first lines of windows that were scrolled from here, until Neovim says so
---@field changes integer counts what makes the page old

---@type cable.Preview?
local preview

---@return cable.Preview?
local function current()
  if preview and vim.api.nvim_win_is_valid(preview.window) and vim.api.nvim_buf_is_valid(preview.bufnr) then
    return preview
  end
end

--- The window of a buffer in this tab page.
---@param bufnr integer
---@return integer?
local function window_of(bufnr)
  local window = vim.fn.bufwinid(bufnr)
  return window ~= -1 and window or nil
end

---@param window integer
---@return integer
local function first_line(window)
  return vim.fn.line('w0', window)
end

--- Scrolls a window so that it begins with a line.
---@param page cable.Preview
---@param window integer
---@param lnum integer
local function scroll_to(page, window, lnum)
  if first_line(window) == lnum then
    return
  end
  vim.api.nvim_win_call(window, function()
    local view, margin = vim.fn.winsaveview(), vim.wo.scrolloff
    local shown = math.min(lnum + margin, vim.fn.line('$'))
    view.topline, view.topfill, view.skipcol = lnum, 0, 0
    view.lnum = math.max(view.lnum, shown)
    vim.fn.winrestview(view)
    if vim.fn.line('w0') ~= lnum then
      -- The cursor was below what is shown now.
      view.lnum = shown
      vim.fn.winrestview(view)
    end
  end)
  page.settled[window] = first_line(window)
end

--- The first line of the page that comes from a line of the cable, or from the nearest one above.
---@param page cable.Preview
---@param lnum integer
---@return integer
local function row_of(page, lnum)
  local row, from = 1, nil
  for index, line in ipairs(page.flow) do
    if line > lnum then
      break
    elseif line ~= from then
      row, from = index, line
    end
  end
  return row
end

--- Scrolls the page to where the cable is.
---@param page cable.Preview
local function follow_source(page)
  local window = window_of(page.source)
  if window then
    scroll_to(page, page.window, row_of(page, first_line(window)))
  end
end

--- Scrolls the cable to where the page is.
---@param page cable.Preview
local function follow_page(page)
  local window, line = window_of(page.source), page.flow[first_line(page.window)]
  if window and line then
    scroll_to(page, window, line)
  end
end

---@param page cable.Preview
---@param answer { content: string, lines: (integer|vim.NIL)[] }
local function show(page, answer)
  page.lines, page.flow = answer.lines, {}
  local furthest = 1
  for row, line in ipairs(page.lines) do
    furthest = line ~= vim.NIL and math.max(furthest, line) or furthest
    page.flow[row] = furthest
  end
  local view = vim.api.nvim_win_call(page.window, vim.fn.winsaveview)
  vim.bo[page.bufnr].modifiable = true
  vim.api.nvim_buf_set_lines(page.bufnr, 0, -1, false, vim.split((answer.content:gsub('\n$', '')), '\n'))
  vim.bo[page.bufnr].modifiable = false
  if page.is_new then
    page.is_new = false
    follow_source(page)
    return
  end
  vim.api.nvim_win_call(page.window, function()
    vim.fn.winrestview(view)
  end)
  if first_line(page.window) ~= view.topline then
    page.settled[page.window] = first_line(page.window)
  end
end

--- Asks the server for an edition of a cable.
---@param bufnr integer
---@param options table
---@param take fun(answer?: table, error?: lsp.ResponseError)
---@return boolean # whether there is a server to ask
local function ask(bufnr, options, take)
  local client = server.client(bufnr)
  if not client then
    return false
  end
  local arguments = { vim.uri_from_bufnr(bufnr), options }
  server.send(client, 'workspace/executeCommand', { command = 'cable.edition', arguments = arguments }, function(error, answer)
    take(answer, error)
  end, bufnr)
  return true
end

local function refresh()
  local page = current()
  if not page then
    return
  end
  local source, changes = page.source, page.changes
  local info = vim.fn.getwininfo(page.window)[1]
  local options = { format = 'text', width = info.width - info.textoff }
  -- Where no server is attached yet, its coming makes the page.
  ask(source, options, function(answer, error)
    if current() ~= page or page.source ~= source then
      return
    elseif answer then
      show(page, answer)
    elseif error and error.code ~= CONTENT_MODIFIED then
      vim.notify('cable: ' .. error.message, vim.log.levels.ERROR)
    elseif page.changes == changes then
      M.changed()
    end
  end)
end

--- The page is old: a new one is made after a pause.
function M.changed()
  local page = current()
  if not page then
    return
  end
  page.changes = page.changes + 1
  local changes = page.changes
  vim.defer_fn(function()
    if current() == page and page.changes == changes then
      refresh()
    end
  end, PAUSE)
end

--- Shows another cable.
---@param page cable.Preview
---@param bufnr integer
local function follow(page, bufnr)
  if page.source == bufnr then
    return
  end
  page.source, page.is_new = bufnr, true
  vim.api.nvim_buf_attach(bufnr, false, {
    on_lines = function()
      if current() ~= page or page.source ~= bufnr then
        return true
      end
      M.changed()
    end,
    on_reload = function()
      M.changed()
    end,
  })
  refresh()
end

--- Goes to the line of the cable that the line at the cursor comes from.
local function jump()
  local page = current()
  if not page or not vim.api.nvim_buf_is_valid(page.source) then
    return
  end
  local row = vim.fn.line('.')
  while row > 1 and (page.lines[row] or vim.NIL) == vim.NIL do
    row = row - 1
  end
  local line = page.lines[row]
  if not line or line == vim.NIL then
    return
  end
  local window = window_of(page.source)
  window = window or vim.api.nvim_open_win(page.source, true, { split = 'left', win = page.window })
  vim.api.nvim_set_current_win(window)
  vim.cmd("normal! m'")
  vim.api.nvim_win_set_cursor(window, { math.min(line, vim.fn.line('$')), 0 })
  vim.cmd('normal! zv')
end

local function watch()
  local group = vim.api.nvim_create_augroup('cable_preview', {})
  ---@param event string|string[]
  ---@param act fun(page: cable.Preview, event: table)
  local function on(event, act)
    vim.api.nvim_create_autocmd(event, {
      group = group,
      callback = function(arguments)
        local page = current()
        if page then
          act(page, arguments)
        else
          preview = nil
          vim.api.nvim_clear_autocmds({ group = group })
        end
      end,
    })
  end
  on({ 'BufEnter', 'FileType' }, function(page, event)
    if vim.bo[event.buf].filetype == 'cable' and event.buf == vim.api.nvim_get_current_buf() then
      follow(page, event.buf)
    end
  end)
  on('LspAttach', function(page, event)
    if event.buf == page.source then
      M.changed()
    end
  end)
  on('WinScrolled', function(page)
    local source = window_of(page.source)
    ---@param window? integer
    local function by_hand(window)
      if not window or not vim.v.event[tostring(window)] then
        return false
      end
      local settled = page.settled[window]
      page.settled[window] = nil
      return settled ~= first_line(window)
    end
    if by_hand(source) then
      follow_source(page)
    elseif by_hand(page.window) then
      follow_page(page)
    end
  end)
  on('WinResized', function(page)
    if vim.list_contains(vim.v.event.windows, page.window) then
      M.changed()
    end
  end)
end

--- Opens the split for the current cable, or shows that in the one that is open.
function M.open()
  local bufnr = vim.api.nvim_get_current_buf()
  local page = current()
  if page and page.bufnr == bufnr then
    return
  elseif not server.client(bufnr) then
    vim.notify('cable: the server is not attached to this buffer; see :checkhealth cable', vim.log.levels.ERROR)
    return
  end
  if not page then
    local own = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(own, 'cable://preview')
    vim.bo[own].bufhidden = 'wipe'
    vim.bo[own].modifiable = false
    local window = vim.api.nvim_open_win(own, false, { split = 'right', win = 0 })
    for name, value in pairs({
      number = false, relativenumber = false, signcolumn = 'no', foldcolumn = '0', foldenable = false,
      spell = false, list = false, wrap = false, cursorline = true, statuscolumn = '',
    }) do
      vim.wo[window][0][name] = value
    end
    page = { bufnr = own, window = window, source = -1, is_new = true, lines = {}, flow = {}, settled = {}, changes = 0 }
    preview = page
    vim.bo[own].filetype = 'cablepreview'
    vim.keymap.set('n', '<CR>', jump, { buffer = own, desc = 'Go to this line of the cable' })
    watch()
  end
  follow(page, bufnr)
end

--- Opens the current cable as a page in the browser.
function M.browse()
  local bufnr = vim.api.nvim_get_current_buf()
  local asked = ask(bufnr, { format = 'html' }, function(answer, error)
    if not answer then
      vim.notify('cable: ' .. (error and error.message or 'no answer'), vim.log.levels.ERROR)
      return
    end
    local file = vim.fn.tempname() .. '.html'
    vim.fn.writefile(vim.split(answer.content, '\n'), file)
    local _, reason = vim.ui.open(file)
    if reason then
      vim.notify('cable: the page is in ' .. file .. ': ' .. reason, vim.log.levels.WARN)
    end
  end)
  if not asked then
    vim.notify('cable: the server is not attached to this buffer; see :checkhealth cable', vim.log.levels.ERROR)
  end
end

return M
