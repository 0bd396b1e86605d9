-- What a person does in Neovim, step by step. Called with the lines of the README's configuration for Neovim 0.11 and later; older ones have
-- another way to say the same. Prints one line of JSON for the test that started it.
local told = { editor = tostring(vim.version().major) .. '.' .. vim.version().minor, hovers = '' }

local function wait(what, probe)
  local value
  local ok = vim.wait(20000, function()
    value = probe()
    return value ~= nil and value ~= false
  end, 50)
  if not ok then
    error('no ' .. what .. ' within 20 s; diagnostics: ' .. vim.inspect(vim.diagnostic.get(0)))
  end
  return value
end

local function found(code)
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if diagnostic.code == code or (diagnostic.user_data and diagnostic.user_data.lsp and diagnostic.user_data.lsp.code == code) then
      return diagnostic
    end
  end
  return nil
end

local function start()
  if vim.lsp.config and vim.lsp.enable then
    told.way = 'README'
    dofile(os.getenv('PEDIGREE_LUA'))
    return
  end
  told.way = 'older'
  vim.api.nvim_create_autocmd('FileType', {
    pattern = { 'markdown', 'python', 'yaml', 'json' },
    callback = function(event)
      local id = vim.lsp.start_client({ name = 'pedigree', cmd = { 'pedigree', 'lsp', '--stdio' }, root_dir = vim.fn.getcwd() })
      vim.lsp.buf_attach_client(event.buf, id)
    end,
  })
end

local function drive()
  vim.cmd('filetype on')
  start()
  vim.cmd('edit README.md')
  local diagnostic = wait('diagnostic', function()
    return found('licence-laundering')
  end)
  told.diagnostic = { line = diagnostic.lnum + 1, column = diagnostic.col + 1, severity = diagnostic.severity, message = diagnostic.message, source = diagnostic.source }

  vim.api.nvim_win_set_cursor(0, { 3, 15 })
  local hover = vim.lsp.buf_request_sync(0, 'textDocument/hover', vim.lsp.util.make_position_params(0, 'utf-16'), 20000)
  for _, answer in pairs(hover or {}) do
    told.hover = answer.result and answer.result.contents and answer.result.contents.value
  end

  -- The menu of choices, answered as a person would.
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      local title = options.format_item and options.format_item(item) or ''
      if title:find('Declare the inherited terms', 1, true) then
        told.chosen = title
        choose(item, 1)
        return
      end
    end
    error('the fix is not among the choices: ' .. vim.inspect(items))
  end
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
  vim.lsp.buf.code_action()
  wait('edit', function()
    return vim.api.nvim_buf_get_lines(0, 1, 2, false)[1] ~= 'license: mit'
  end)
  vim.cmd('write')
  wait('end of the diagnostic', function()
    return found('licence-laundering') == nil
  end)
  told.gone = true
end

local ok, message = xpcall(drive, debug.traceback)
if not ok then
  told.failure = message
end
io.stdout:write('\n' .. (vim.json and vim.json.encode or vim.fn.json_encode)(told) .. '\n')
vim.cmd(ok and 'qall!' or 'cquit')
