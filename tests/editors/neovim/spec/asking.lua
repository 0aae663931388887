-- opens: era-c-broken.cable
-- Rules and codes explained in a float, and the health report.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

t.run(function()
  t.eventually(function()
    return t.has_diagnostic('CLS005')
  end, 'diagnostics come')

  ---@param what string
  ---@param words string
  local function floats(what, words)
    t.check((t.float() or ''):find(words, 1, true), what, t.float())
    t.close_floats()
  end
  t.cursor(11, 'STPDIS')
  vim.cmd.CableExplain()
  floats(':CableExplain takes the rule at the cursor', 'CLS005')
  t.cursor(17, '[KZ]')
  vim.cmd.CableExplain()
  t.check((t.float() or ''):find('HDR013') or (t.float() or ''):find('TXT006'), 'or one of its line', t.float())
  t.close_floats()
  vim.cmd.CableExplain('PAR006')
  floats(':CableExplain PAR006', 'PAR006')
  t.cursor(11, 'STPDIS')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('^Explain') ~= nil
    end,
  })
  t.eventually(function()
    return t.float() ~= nil
  end, 'the action that explains answers')
  floats('in the same way', 'CLS005')
  vim.cmd('CableLookup KDEM')
  floats(':CableLookup KDEM', 'KDEM')
  t.cursor(7, 'RUEHC')
  vim.cmd.CableLookup()
  floats(':CableLookup takes the word at the cursor', 'RUEHC')

  local said = t.notifications()
  vim.cmd('CableLookup KZZZ')
  t.check((said[1] or ''):find('KZZZ'), 'an unknown code gets an answer', said)
  vim.cmd('normal! 2G')
  vim.cmd.CableExplain()
  t.check((said[2] or ''):find('no diagnostic'), 'a line without diagnostic gets an answer', said)

  vim.fn.writefile({ 'paragraph-style = "plain"' }, 'cable-lsp.toml')
  vim.cmd('silent checkhealth cable')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  for _, words in ipairs({ 'binary: ', 'version: cable%-lsp %d', 'attached to .*era%-c%-broken', 'settings file: .*toml' }) do
    t.check(report:find(words), ':checkhealth says ' .. words, report)
  end
  t.check(not report:find('ERROR'), ':checkhealth finds nothing wrong', report)

  -- Nothing makes the list of help tags of a folder that is only put into the runtime path, so it comes with the plugin.
  vim.cmd('help cable')
  t.equal('cable.txt', vim.fn.expand('%:t'), ':help cable opens the help')
  local pages = vim.fn.tempname()
  vim.fn.mkdir(pages)
  local folder = vim.fs.joinpath(vim.env.CABLE_PLUGIN, 'doc')
  vim.fn.writefile(vim.fn.readfile(vim.fs.joinpath(folder, 'cable.txt')), vim.fs.joinpath(pages, 'cable.txt'))
  vim.cmd.helptags(pages)
  local made, shipped = vim.fs.joinpath(pages, 'tags'), vim.fs.joinpath(folder, 'tags')
  t.check(vim.deep_equal(vim.fn.readfile(made), vim.fn.readfile(shipped)), 'its tags are those of the page')
end)
