--- Code actions by their kind, applied at once: what `:CableRepair`, `:CableRenumber` and repair on save do.

local server = require('cable.server')

local M = {}

---@param edit lsp.WorkspaceEdit
---@return integer
local function count(edit)
  local edits = 0
  for _, changes in pairs(edit.changes or {}) do
    edits = edits + #changes
  end
  for _, change in ipairs(edit.documentChanges or {}) do
    edits = edits + #(change.edits or {})
  end
  return edits
end

--- Applies the first action of a kind, at the cursor.
---@param bufnr integer the current buffer
---@param kind string
---@return integer? edits how many places changed; nil when the server could not be asked
---@return string? reason
local function apply(bufnr, kind)
  local client = server.client(bufnr)
  if not client then
    return nil, 'the server is not attached to this buffer; see :checkhealth cable'
  end
  local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
  params.context = { diagnostics = {}, only = { kind }, triggerKind = 1 }
  local actions, reason = server.request(client, 'textDocument/codeAction', params, bufnr)
  local action = actions and actions[1]
  if action and not action.edit then
    action, reason = server.request(client, 'codeAction/resolve', action, bufnr)
  end
  if reason then
    return nil, reason
  elseif not (action and action.edit) then
    return 0
  end
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  return count(action.edit)
end

---@param kind string
---@param nothing string what to say when there is nothing to do
local function apply_and_tell(kind, nothing)
  local edits, reason = apply(vim.api.nvim_get_current_buf(), kind)
  if not edits then
    vim.notify('cable: ' .. reason, vim.log.levels.ERROR)
  elseif edits == 0 then
    vim.notify('cable: ' .. nothing)
  else
    vim.notify(('cable: %d %s changed'):format(edits, edits == 1 and 'place' or 'places'))
  end
end

--- Applies every safe fix of the current buffer.
function M.repair()
  apply_and_tell('source.fixAll.cable', 'nothing to repair without a question')
end

--- Counts the paragraphs of the cable at the cursor anew.
function M.renumber()
  apply_and_tell('refactor.rewrite.cable.renumber', 'the paragraphs of this cable are numbered well')
end

--- As |M.repair|, before a buffer is written. Says something only when it went wrong: the write must go on.
---@param bufnr integer
function M.repair_before_write(bufnr)
  if not server.client(bufnr) then
    return
  end
  vim.api.nvim_buf_call(bufnr, function()
    local edits, reason = apply(bufnr, 'source.fixAll.cable')
    if not edits then
      vim.notify('cable: written without repair: ' .. reason, vim.log.levels.WARN)
    end
  end)
end

return M
