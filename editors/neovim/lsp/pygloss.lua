-- Read by Neovim 0.11 and later when this folder is on the 'runtimepath' and `vim.lsp.enable('pygloss')` is called.

---@type vim.lsp.Config
return {
  cmd = { 'pygloss', 'lsp' },
  filetypes = { 'python' },
  root_markers = { 'pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', '.git' },
}
