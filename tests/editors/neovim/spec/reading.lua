-- opens: era-c-broken.cable
-- A reader opens a cable: it is attached, underlined, outlined, and says what its codes mean.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

--- What `cable-lsp check` says of the same file.
local function checked()
  local file = vim.api.nvim_buf_get_name(0)
  local done = vim.system({ 'cable-lsp', 'check', '--exit-zero', '--format', 'json', file }, { text = true }):wait()
  return vim.tbl_map(function(found)
    return ('%d:%d %s'):format(found.line, found.column, found.code)
  end, vim.json.decode(done.stdout))
end

---@param symbols lsp.DocumentSymbol[]
---@param wanted string
---@return lsp.DocumentSymbol?
local function symbol(symbols, wanted)
  for _, found in ipairs(symbols or {}) do
    local inner = found.name:find(wanted, 1, true) and found or symbol(found.children, wanted)
    if inner then
      return inner
    end
  end
end

t.run(function()
  t.equal('cable', vim.bo.filetype, 'file type')
  t.eventually(t.client, 'attached')
  t.equal(1, #vim.lsp.get_clients(), 'one client')
  t.equal(vim.fn.has('nvim-0.11') == 1 and 'utf-8' or 'utf-16', assert(t.client()).offset_encoding, 'unit of columns')
  if vim.lsp.is_enabled then
    t.check(vim.lsp.is_enabled('cable_lsp'), 'through vim.lsp.enable')
  end

  t.eventually(function()
    return t.has_diagnostic('CLS005')
  end, 'diagnostics come')
  local found = t.diagnostics()
  for _, place in ipairs({ '11:1 CLS005', '17:6 TXT006', '24:1 TXT001', '34:2 TXT004', '40:1 PAR006' }) do
    t.check(vim.list_contains(found, place), 'diagnostic ' .. place, found)
  end
  local expected = checked()
  table.sort(expected)
  table.sort(found)
  t.equal(expected, found, 'the same diagnostics as cable-lsp check')

  local outline = t.request('textDocument/documentSymbol') or {}
  t.equal(1, #outline, 'one cable in the outline')
  local heading = symbol(outline, 'RUNWAY LIGHTS')
  t.check(heading and symbol(heading.children, '¶2 (SBU)'), 'the heading holds its paragraphs', heading)
  local sixth = symbol(outline, '¶6 (SBU)')
  t.check(sixth and sixth.range.start.line == 39, 'I6. is paragraph 6 in the outline', sixth)

  t.type('gO')
  t.eventually(function()
    return #vim.fn.getloclist(0) + #vim.fn.getqflist() > 10
  end, 'gO lists the outline')
  vim.cmd('silent! lclose | silent! cclose')

  if vim.lsp.foldexpr then
    t.equal('v:lua.vim.lsp.foldexpr()', vim.wo.foldexpr, 'the folds are those of the server')
    t.eventually(function()
      return vim.fn.foldlevel(34) > 0
    end, 'a paragraph is one')
    vim.cmd('normal! 34Gzc')
    local text = vim.fn.foldtextresult(34)
    t.check(text:find('^¶4 %(SBU%) The carriers.*… 2 lines$'), 'and keeps its number when closed', text)
    vim.cmd('normal! zR')
  end

  ---@param lnum integer
  ---@param code string
  ---@param meaning string
  local function hovers(lnum, code, meaning)
    t.cursor(lnum, code)
    t.type('K')
    t.eventually(function()
      return (t.float() or ''):find(meaning, 1, true)
    end, ('hover on %s says %s'):format(code, meaning))
    t.close_floats()
  end
  hovers(17, 'EAIR', 'viation')
  hovers(7, 'RUEHC', 'routing indicator')

  t.cursor(24, 'ref A')
  t.type('<C-]>')
  t.equal(21, vim.fn.line('.'), 'Ctrl-] goes to what ref A names')

  -- A TAG by its meaning.
  vim.api.nvim_buf_set_lines(0, 16, 17, false, { 'TAGS: PREL kazakh' })
  local result = t.request('textDocument/completion', { line = 16, character = 17 }) or {}
  local offered = vim.tbl_map(function(item)
    return item.textEdit and item.textEdit.newText or item.insertText or item.label
  end, result.items or result)
  t.check(vim.list_contains(offered, 'KZ'), 'completion of kazakh offers KZ', offered)
end)
