--- What the binary says about a rule or a code, in a float.

local server = require('cable.server')

local M = {}

---@param text string
---@param syntax string
local function show(text, syntax)
  local lines = vim.split(vim.trim(text), '\n')
  vim.lsp.util.open_floating_preview(lines, syntax, { border = 'rounded', focus_id = 'cable', max_width = 90 })
end

--- Runs the binary beside the file of the buffer, so that the settings of its archive count.
---@param arguments string[]
---@param syntax string
local function run(arguments, syntax)
  local binary = server.binary()
  if not binary then
    vim.notify(server.missing(), vim.log.levels.WARN)
    return
  end
  local folder = vim.fs.dirname(vim.api.nvim_buf_get_name(0))
  local beside = vim.fn.isdirectory(folder) == 1 and folder or nil
  local done = vim.system({ binary, unpack(arguments) }, { cwd = beside, text = true }):wait(5000)
  if done.stdout and done.stdout:find('%S') then
    show(done.stdout, syntax)
  else
    local reason = vim.trim(done.stderr or '')
    vim.notify(reason ~= '' and reason or 'cable: no answer', vim.log.levels.WARN)
  end
end

--- The rule of the diagnostic at the cursor; else of the first one in its line.
---@return string?
local function rule_at_cursor()
  local lnum, column = vim.fn.line('.') - 1, vim.fn.col('.') - 1
  local first
  for _, diagnostic in ipairs(vim.diagnostic.get(0, { lnum = lnum })) do
    local code = diagnostic.source == 'cable' and diagnostic.code
    if code then
      local ends = diagnostic.end_lnum > lnum and math.huge or diagnostic.end_col
      if diagnostic.col <= column and column < ends then
        return code
      end
      first = first or code
    end
  end
  return first
end

--- Explains a rule; without one that of the diagnostic at the cursor.
---@param rule? string code or name
function M.explain(rule)
  rule = rule or rule_at_cursor()
  if rule then
    run({ 'explain', '--format', 'markdown', rule }, 'markdown')
  else
    vim.notify('cable: no diagnostic in this line; name a rule, as in :CableExplain PAR006')
  end
end

--- Says what codes mean; without any the word at the cursor.
---@param codes string[]
function M.lookup(codes)
  local word = vim.fn.expand('<cword>')
  codes = #codes > 0 and codes or { word ~= '' and word or nil }
  if #codes > 0 then
    run({ 'lookup', unpack(codes) }, 'text')
  else
    vim.notify('cable: no word at the cursor; name a code, as in :CableLookup KDEM')
  end
end

return M
