-- For `vim.lsp.enable('cable_lsp')`, from Neovim 0.11 on.
return require('cable.server').config()
