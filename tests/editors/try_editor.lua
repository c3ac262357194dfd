-- Drives the Neovim that `pygloss try` opened for try_editor.rs, and tells what a person would see, as JSON.

local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local screen = dofile(here .. '/screen.lua')
local await, float = screen.await, screen.float

local function look()
  await('the server', function()
    local client = vim.lsp.get_clients({ bufnr = 0, name = 'pygloss' })[1]
    return client and client.initialized
  end)
  local key = vim.fn.maparg('K', 'n', false, true)
  vim.lsp.buf.hover()
  await('the hover', float)
  return {
    hover = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float()), 0, -1, false), '\n'),
    servers = vim.tbl_map(function(client) return client.config.cmd[1] end, vim.lsp.get_clients()),
    help = vim.api.nvim_eval_statusline(vim.wo.winbar, { use_winbar = true }).str,
    is_mapped = not vim.tbl_isempty(key),
    is_readonly = vim.bo.readonly,
    is_mine = vim.g.mine == true,
    word = vim.fn.expand('<cword>'),
  }
end

vim.api.nvim_create_autocmd('VimEnter', {
  callback = vim.schedule_wrap(function()
    local _, told = pcall(look)
    vim.fn.writefile({ vim.json.encode(told) }, vim.env.TOLD)
    vim.cmd.quitall({ bang = true })
  end),
})
