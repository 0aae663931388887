if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

local undo = {}

---@param scope 'bo'|'wo'
---@param name string
---@param value any
local function set(scope, name, value)
  if scope == 'bo' then
    vim.bo[name] = value
  else
    vim.wo[0][0][name] = value
  end
  table.insert(undo, ('setlocal %s<'):format(name))
end

-- A cable has no comments, and its lines are the transcription's: nothing breaks or joins them unasked.
set('bo', 'comments', '')
set('bo', 'commentstring', '')
set('bo', 'formatoptions', 'nlq')
set('bo', 'formatlistpat', [[^\s*\(¶\)\?\d\+\.\s*]])
-- TAGS such as G-8 and ZANU-PF are one word.
set('bo', 'iskeyword', '@,48-57,192-255,-')
-- A line starts where it is typed: `     B. NEW DELHI 812` moves none below it.
set('bo', 'autoindent', false)
set('bo', 'smartindent', false)
set('bo', 'cindent', false)
set('bo', 'indentexpr', '')
if vim.fn.has('nvim-0.11') == 1 then
  -- A code is asked for by its meaning too, in small letters: `kazakh` for KZ. Nothing is chosen before the person does,
  -- so that Enter is a new line.
  set('bo', 'completeopt', vim.o.completeopt .. ',fuzzy,menuone,noselect')
end
set('wo', 'linebreak', true)

if require('cable.options').get('folding') then
  set('wo', 'foldmethod', 'expr')
  set('wo', 'foldexpr', require('cable.fold').OWN)
  set('wo', 'foldtext', "v:lua.require'cable.fold'.text()")
  if vim.o.foldlevelstart < 0 then
    -- Folds are there, and open.
    set('wo', 'foldlevel', 99)
  end
end

if not (vim.g.no_plugin_maps or vim.g.no_cable_maps) then
  ---@param modes string[]
  ---@param keys string
  ---@param desc string
  ---@param action fun()
  local function map(modes, keys, desc, action)
    vim.keymap.set(modes, keys, action, { buffer = true, desc = desc })
    for _, mode in ipairs(modes) do
      table.insert(undo, ('silent! %sunmap <buffer> %s'):format(mode, keys))
    end
  end

  ---@param keys string
  ---@param desc string
  ---@param target 'is_paragraph'|'is_heading'
  ---@param step 1|-1
  local function motion(keys, desc, target, step)
    map({ 'n', 'x', 'o' }, keys, desc, function()
      require('cable.motion').go(require('cable.line')[target], step)
    end)
  end

  motion(']]', 'Next paragraph of the cable', 'is_paragraph', 1)
  motion('[[', 'Previous paragraph of the cable', 'is_paragraph', -1)
  motion(']h', 'Next heading', 'is_heading', 1)
  motion('[h', 'Previous heading', 'is_heading', -1)
  map({ 'n' }, 'gO', 'Outline', function()
    require('cable.outline').show()
  end)
end

-- No blank before a bar: it would be part of the keys that are unmapped.
vim.b.undo_ftplugin = table.concat(undo, '|')
