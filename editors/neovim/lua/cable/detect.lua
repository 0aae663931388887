--- Whether a text is a cable, from its first lines. To take an ordinary text for a cable is worse than to miss one.

local line = require('cable.line')
local options = require('cable.options')

local M = {}

--- How many lines are looked at.
local LINES = 40
--- How much they have to weigh.
local ENOUGH = 4

--- What stands at the head of a cable. Each kind counts once.
---@type { weight: integer, patterns: string[] }[]
local EVIDENCE = {
  { weight = 4, patterns = { '^This record is a partial extract of the original cable%.' } },
  { weight = 3, patterns = { '^V?ZCZC%u%u%u%d%d%d%d?$' } },
  { weight = 3, patterns = { '^DE R%u%u%u+ #?%d%d%d%d' } },
  { weight = 3, patterns = { '^ZNR UUUUU%f[%U]', '^ZNY ([ECST])%1%1%1%1%f[%U]' } },
  { weight = 2, patterns = { '^[ZOPR] %d%d%d%d%d%d ?Z %a%a%a %d%d%f[%D]', '^[ZOPR] [ZOPR] %d%d%d%d%d%d ?Z %a%a%a %d%d%f[%D]' } },
  { weight = 1, patterns = { '^FM %u%u' } },
  { weight = 1, patterns = { '^TO %u%u' } },
  { weight = 2, patterns = { '^E%.?[Oo]%.?:? ?1%d%d%d%d:', '^E%.O%.: 13526$' } },
  { weight = 2, patterns = { '^TAGS[:;]? %[?%u%u' } },
  { weight = 1, patterns = { '^SUBJE?C?T?: ' } },
  { weight = 2, patterns = { '^PAGE 0%d +%u[%u .\'-]* +%d%d%d%d+' } },
  { weight = 2, patterns = { '^MRN: %d%d %u[%u .\'-]* %d+$' } },
  { weight = 2, patterns = { '^Date/DTG: ' } },
}

--- How much a classification line weighs.
local CLASSIFICATION = 2

---@param text string
---@param patterns string[]
---@return boolean
local function matches(text, patterns)
  for _, pattern in ipairs(patterns) do
    if text:find(pattern) then
      return true
    end
  end
  return false
end

---@param lines string[]
---@return boolean
function M.is_cable(lines)
  local weight = 0
  local classified = false
  local seen = {} ---@type table<integer, boolean>
  for number = 1, math.min(#lines, LINES) do
    local text = vim.trim((lines[number]:sub(1, 200):gsub('^\239\187\191', '')))
    if not classified and line.is_classification(text) then
      classified = true
      weight = weight + CLASSIFICATION
    end
    for kind, sign in ipairs(EVIDENCE) do
      if not seen[kind] and matches(text, sign.patterns) then
        seen[kind] = true
        weight = weight + sign.weight
      end
    end
    if weight >= ENOUGH then
      return true
    end
  end
  return false
end

--- `cable` if the buffer holds one, else nothing.
---@param bufnr integer
---@return string?
function M.filetype(bufnr)
  if not (bufnr and options.get('detect_text_files')) then
    return nil
  end
  return M.is_cable(vim.api.nvim_buf_get_lines(bufnr, 0, LINES, false)) and 'cable' or nil
end

return M
