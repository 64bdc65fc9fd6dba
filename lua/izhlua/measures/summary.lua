-- The measures one asks for first, each on a line that explains itself.
return {
  kind = "report", late = true,
  help = "the measures one asks for first, a line for each",
  gives = "string",
  measure = function(_, s)
    local lines = {}
    for i, name in ipairs{ "mean_firing_rate", "silent", "cv", "lv", "fanofactor", "synchrony", "bursts" } do
      lines[i] = tostring(s:describe(name)):match("^[^\n]*")
    end
    return table.concat(lines, "\n")
  end,
}
