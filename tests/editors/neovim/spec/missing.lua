-- opens: letter.txt
-- Without a binary there is one message that says what to do; and the plugin can be switched off.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

t.run(function()
  local path = vim.env.PATH
  local said = t.notifications()
  vim.env.PATH = '/nowhere'
  vim.cmd('silent edit era-c-broken.cable')
  vim.cmd('silent edit era-c-clean.cable')
  t.eventually(function()
    return #said > 0
  end, 'a message comes')
  t.equal(1, #said, 'and only one')
  t.check(said[1]:find('cargo install') and said[1]:find('cable_server_path'), 'it says what to do', said)
  t.equal(0, #vim.lsp.get_clients(), 'no client is started')
  t.equal('cable', vim.bo.filetype, 'it is still a cable')
  t.check(vim.fn.maparg(']]', 'n') ~= '', 'and motions work')
  vim.cmd('silent checkhealth cable')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  t.check(report:find('ERROR') and report:find('no program'), ':checkhealth says so too', report)

  require('cable').setup({ server_path = vim.env.HOME .. '/bin/cable-lsp' })
  vim.cmd('silent edit era-c-broken.cable')
  t.eventually(t.client, 'the option server_path leads to it')

  vim.env.PATH = path
  require('cable').enable(false)
  t.eventually(function()
    return #vim.lsp.get_clients() == 0
  end, 'switched off, the server stops')
  t.equal({}, vim.api.nvim_get_autocmds({ group = 'cable_server' }), 'nothing would start it for another cable')
  if vim.lsp.is_enabled then
    t.check(not vim.lsp.is_enabled('cable_lsp'), 'Neovim would not either')
  end
  vim.cmd('silent edit era-c-extract.cable')
  require('cable').enable()
  t.eventually(t.client, 'until it is switched on')
end)
