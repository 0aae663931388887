if vim.g.loaded_cable then
  return
end
vim.g.loaded_cable = true

if vim.fn.has('nvim-0.10') == 0 then
  vim.notify('cable: Neovim 0.10 or later is needed', vim.log.levels.WARN)
  return
end

local options = require('cable.options')

if options.get('enabled') then
  require('cable').enable()
end

local group = vim.api.nvim_create_augroup('cable', {})

vim.api.nvim_create_autocmd('LspAttach', {
  group = group,
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'cable_lsp' and vim.lsp.foldexpr and client.server_capabilities.foldingRangeProvider then
      require('cable.fold').use_server(event.buf)
    end
  end,
})

vim.api.nvim_create_autocmd('LspDetach', {
  group = group,
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'cable_lsp' then
      require('cable.fold').use_own(event.buf)
    end
  end,
})

vim.api.nvim_create_autocmd('BufWritePre', {
  group = group,
  callback = function(event)
    if vim.bo[event.buf].filetype == 'cable' and options.get('repair_on_save') then
      require('cable.actions').repair_before_write(event.buf)
    end
  end,
})

vim.api.nvim_create_autocmd('BufWritePost', {
  group = group,
  callback = function(event)
    if vim.bo[event.buf].filetype == 'cable' and options.get('lint_on_save') then
      require('cable.remaining').follow(event.buf)
    end
  end,
})

-- What the server's action for it names; without this the server shows a document of its own.
vim.lsp.commands['cable.showExplanation'] = function(action)
  require('cable.ask').explain(action.arguments[1])
end

-- What a lens names.
vim.lsp.commands['cable.thread'] = function(lens)
  require('cable.archive').run('cable.thread', lens.arguments)
end

local command = vim.api.nvim_create_user_command

command('CableRepair', function()
  require('cable.actions').repair()
end, { desc = 'Apply every safe fix of this buffer' })

command('CableRenumber', function()
  require('cable.actions').renumber()
end, { desc = 'Count the paragraphs of this cable anew' })

command('CableNew', function(arguments)
  require('cable.new').cable(arguments.bang)
end, { bang = true, desc = 'A new cable; with ! an answer to this one' })

command('CablePreview', function(arguments)
  local preview = require('cable.preview')
  if arguments.bang then
    preview.browse()
  else
    preview.open()
  end
end, { bang = true, desc = 'Show this cable as a person reads it, beside it; with ! in the browser' })

command('CableExplain', function(arguments)
  require('cable.ask').explain(arguments.fargs[1])
end, { nargs = '?', desc = 'Explain a rule, by default that of the diagnostic at the cursor' })

command('CableLookup', function(arguments)
  require('cable.ask').lookup(arguments.fargs)
end, { nargs = '*', desc = 'Say what codes mean, by default the word at the cursor' })

for name, along in pairs({
  CableNext = { 'cable.nextOfPost', 'Go to the next cable that this post sent' },
  CablePrevious = { 'cable.previousOfPost', 'Go to the previous cable that this post sent' },
  CableThread = { 'cable.thread', 'Show what this cable cites and what cites it' },
  CableRebuildArchive = { 'cable.rebuildArchive', 'Index the cables of this archive anew' },
}) do
  command(name, function()
    require('cable.archive').run(along[1])
  end, { desc = along[2] })
end
