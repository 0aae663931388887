--- A new cable: asks what cannot be computed, or takes it from the cable that is answered; the server writes the text.

local server = require('cable.server')

local M = {}

---@class cable.Question
---@field part string the name the server knows it by
---@field prompt string
---@field choices? string[]
---@field between? string what stands between the entries of one answer

---@type cable.Question[]
local QUESTIONS = {
  { part = 'post', prompt = 'Post that sends it (as ASTANA): ' },
  {
    part = 'classification',
    prompt = 'Classification',
    choices = { 'UNCLASSIFIED', 'SBU', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET', 'LIMITED OFFICIAL USE' },
  },
  { part = 'precedence', prompt = 'Precedence', choices = { 'ROUTINE', 'PRIORITY', 'IMMEDIATE', 'FLASH' } },
  { part = 'addressees', prompt = 'Addressees (SECSTATE WASHDC, INFO MOSCOW): ', between = ',' },
  { part = 'subject', prompt = 'Subject: ' },
  { part = 'tags', prompt = 'TAGS (PREL ECON KZ): ', between = '[,%s]' },
  { part = 'references', prompt = 'References (06 MOSCOW 121, STATE 4567): ', between = ',' },
}

---@param answer string
---@param between? string
---@return string|string[]|nil # nothing where nothing was said
local function read(answer, between)
  if not between then
    local said = vim.trim(answer)
    return said ~= '' and said or nil
  end
  local entries = {}
  for _, entry in ipairs(vim.split(answer, between)) do
    if entry:find('%S') then
      table.insert(entries, vim.trim(entry))
    end
  end
  return #entries > 0 and entries or nil
end

--- Asks one after the other. Leaving a question leaves them all; an empty answer is a place to fill in later.
---@param done fun(about: table)
---@param about? table
---@param number? integer
local function ask(done, about, number)
  about, number = about or {}, number or 1
  local question = QUESTIONS[number]
  if not question then
    return done(about)
  end
  local function go_on(answer)
    if answer == nil then
      return
    end
    about[question.part] = read(answer, question.between)
    ask(done, about, number + 1)
  end
  if question.choices then
    vim.ui.select(question.choices, { prompt = question.prompt }, go_on)
  else
    vim.ui.input({ prompt = question.prompt }, go_on)
  end
end

---@param answer { text: string, snippet?: string }
local function insert(answer)
  -- A text without places to fill in is put in as it is: a dollar in it is a dollar.
  if type(answer.snippet) == 'string' then
    vim.snippet.expand(answer.snippet)
  else
    vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split((answer.text:gsub('\n$', '')), '\n'))
  end
end

--- Opens a cable in a buffer of its own, as the server writes it.
---@param about table what is said of it
---@param beside? integer the buffer of the cable that is answered
local function open(about, beside)
  local function write(client, bufnr)
    local arguments = next(about) and { about } or {}
    local parameters = { command = 'cable.newCable', arguments = arguments }
    local answer, reason = server.request(client, 'workspace/executeCommand', parameters, bufnr)
    if not answer then
      vim.notify('cable: ' .. (reason or 'no answer'), vim.log.levels.ERROR)
      return false
    end
    if bufnr == beside then
      vim.cmd.enew()
      vim.bo.filetype = 'cable'
    end
    insert(answer)
    return true
  end
  if beside then
    local client = server.client(beside)
    if not client then
      vim.notify('cable: the server is not attached to this buffer; see :checkhealth cable', vim.log.levels.ERROR)
      return
    end
    write(client, beside)
    return
  end
  vim.cmd.enew()
  local bufnr = vim.api.nvim_get_current_buf()
  vim.bo.filetype = 'cable'
  local attached = vim.wait(5000, function()
    local client = server.client(bufnr)
    return client ~= nil and client.initialized == true
  end, 20)
  if not attached then
    vim.notify(server.binary() and 'cable: the server did not start; see :checkhealth cable' or server.missing(), vim.log.levels.ERROR)
    return
  end
  if not write(server.client(bufnr), bufnr) then
    vim.cmd.bwipeout({ bang = true })
  end
end

--- A new cable. With `answer` it answers the one in the current buffer, and nothing is asked.
---@param answer boolean
function M.cable(answer)
  if answer then
    local bufnr = vim.api.nvim_get_current_buf()
    open({ answers = vim.uri_from_bufnr(bufnr) }, bufnr)
  else
    ask(open)
  end
end

return M
