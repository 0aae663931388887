--- The outline as a flat list: what a cable says comes before its envelope and its header.

local M = {}

--- Kinds, by the protocol's names, of what stands around the text.
local AROUND = { Event = true, Namespace = true, Field = true, Interface = true, Property = true, Key = true }

--- The entries of a list in their new order, cable by cable.
---@generic T
---@param items T[]
---@return T[]
function M.text_first(items)
  local ordered, around = {}, {}
  for _, item in ipairs(items) do
    if item.kind == 'File' then
      vim.list_extend(ordered, around)
      around = {}
    end
    table.insert(AROUND[item.kind] and around or ordered, item)
  end
  return vim.list_extend(ordered, around)
end

--- Shows the outline of the current buffer in the location list.
function M.show()
  local window = vim.api.nvim_get_current_win()
  vim.lsp.buf.document_symbol({
    on_list = function(list)
      list.items = M.text_first(list.items)
      vim.fn.setloclist(window, {}, ' ', list)
      vim.api.nvim_win_call(window, function()
        vim.cmd('lopen')
      end)
      vim.api.nvim_set_current_win(vim.fn.getloclist(window, { winid = 0 }).winid)
    end,
  })
end

return M
