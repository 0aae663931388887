vim.filetype.add({
  extension = { cable = 'cable' },
  -- A pattern, so that Neovim's own guess about `.txt` still follows where this one says nothing.
  pattern = {
    ['.*%.[tT][xX][tT]'] = function(_, bufnr)
      return require('cable.detect').filetype(bufnr)
    end,
  },
})
