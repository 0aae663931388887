-- opens: letter.txt
-- before: let g:cable_enabled = v:false
-- Those who start servers their own way.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

t.run(function()
  local said = t.notifications()
  vim.cmd('silent edit era-c-broken.cable')
  t.equal('cable', vim.bo.filetype, 'a cable is known')
  t.equal(0, #vim.lsp.get_clients(), 'no server is started unasked')
  t.equal({}, said, 'and nothing is said')

  if vim.lsp.enable then
    vim.lsp.config('cable_lsp', { cmd = { vim.env.HOME .. '/bin/cable-lsp', 'server' } })
    vim.lsp.enable('cable_lsp')
    t.eventually(t.client, 'vim.lsp.enable starts it')
    t.eventually(function()
      return t.has_diagnostic('CLS005')
    end, 'diagnostics come')
  else
    vim.lsp.start(vim.tbl_extend('force', require('cable.server').config(), { root_dir = vim.uv.cwd() }))
    t.eventually(t.client, 'vim.lsp.start starts it')
  end
  vim.cmd.CableRepair()
  t.equal('SIPDIS', t.line(11), 'commands work with it')
end)
