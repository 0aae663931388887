-- opens: era-c-broken.cable
-- Along the archive: from a reference to its cable, who cites a cable, and what changes outside. Nobody watches files for
-- the server here.
local t = dofile(vim.env.CABLE_SPEC .. '/harness.lua')

---@param serial integer
---@param day string
---@param references string
local function write(serial, day, references)
  local text = ('P %s0826Z SEP 06\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC\n\nUNCLAS ASTANA %06d\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: GRAIN %d\n%s\n1. Text.\n\nDOE\n'):format(day, serial, serial, references)
  vim.fn.writefile(vim.split(text, '\n'), ('archive/06ASTANA%d.cable'):format(serial))
end

---@param name string
---@return fun(): boolean
local function is_shown(name)
  return function()
    return vim.fs.basename(vim.api.nvim_buf_get_name(0)) == name
  end
end

--- Whether the list that Neovim shows has this cable alone.
---@param id string
---@return fun(): boolean
local function lists(id)
  return function()
    local list = vim.fn.getqflist()
    return #list == 1 and list[1].text:find(id, 1, true) ~= nil
  end
end

--- Goes to the definition at the cursor until it leads there: a change of files is seen a moment later.
---@param text string
---@param name string
local function leads_to(text, name)
  vim.cmd('silent edit! archive/06ASTANA20.cable')
  return t.wait(function()
    t.cursor(vim.fn.search('\\V' .. text, 'cnw'), text)
    local here = vim.lsp.util.make_position_params(0, t.client().offset_encoding)
    local found = t.request('textDocument/definition', here.position) or {}
    return vim.iter(found):any(function(place)
      return vim.endswith(place.uri or place.targetUri, name)
    end)
  end)
end

t.run(function()
  vim.fn.mkdir('archive')
  -- The folder of a settings file is an archive.
  vim.fn.writefile({}, 'archive/cable-lsp.toml')
  write(10, '09', '')
  write(30, '17', '\nREF: ASTANA 20\n')
  write(20, '14', '\nREF: A. ASTANA 10\n     B. ASTANA 25\n')
  vim.cmd('silent edit archive/06ASTANA20.cable')
  t.eventually(t.client, 'the server of the archive is attached')
  t.check(leads_to('ASTANA 10', '06ASTANA10.cable'), 'a reference leads to its cable')
  vim.lsp.buf.definition()
  t.eventually(is_shown('06ASTANA10.cable'), 'and a key opens it')

  vim.cmd('silent edit archive/06ASTANA20.cable')
  t.cursor(12, 'ASTANA 25')
  vim.lsp.buf.hover()
  t.eventually(function()
    local float = t.float()
    return float and float:find('between .?06ASTANA20.? %(14 Sep%) and .?06ASTANA30.? %(17 Sep%)')
  end, 'a hover tells where an absent cable would be')
  t.close_floats()

  t.cursor(9, 'GRAIN')
  vim.lsp.buf.references({ includeDeclaration = false }, {
    on_list = function(list)
      t.cited = list.items
    end,
  })
  t.eventually(function()
    return t.cited and #t.cited == 1 and vim.endswith(t.cited[1].filename, '06ASTANA30.cable')
  end, 'the references of a subject are who cites the cable')

  vim.lsp.buf.outgoing_calls()
  t.eventually(lists('06ASTANA10'), 'the call hierarchy goes to what the cable cites')
  vim.cmd.cclose()
  t.cursor(9, 'GRAIN')
  vim.lsp.buf.incoming_calls()
  t.eventually(lists('06ASTANA30'), 'and to what cites it')
  vim.cmd.cclose()

  local symbols = vim.lsp.buf_request_sync(0, 'workspace/symbol', { query = '#PREL' }, 90000)
  local _, answer = next(symbols or {})
  t.equal(3, #(answer and answer.result or {}), 'cables are found by their TAGS')

  write(25, '15', '')
  t.check(leads_to('ASTANA 25', '06ASTANA25.cable'), 'a cable that comes from outside is seen')
  vim.cmd.CableNext()
  t.eventually(is_shown('06ASTANA25.cable'), ':CableNext goes on along the post')
  vim.cmd.CablePrevious()
  t.eventually(is_shown('06ASTANA20.cable'), ':CablePrevious goes back')
  vim.cmd.CableThread()
  t.eventually(function()
    return vim.iter(vim.api.nvim_list_bufs()):any(function(bufnr)
      local lines = vim.api.nvim_buf_is_loaded(bufnr) and vim.api.nvim_buf_get_lines(bufnr, 0, 3, false) or {}
      return table.concat(lines, '\n'):find('^06ASTANA20 .*cites +06ASTANA10') ~= nil
    end)
  end, ':CableThread shows what it cites')
end)
