# npcreply completion powershell >> $PROFILE
Register-ArgumentCompleter -Native -CommandName npcreply -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if ($wordToComplete -eq '') { $words += '""' }
    npcreply --complete @words 2>$null | ForEach-Object {
        $value, $help = $_ -split "`t", 2
        if (-not $value) { return }  # files: PowerShell offers them where nothing else is
        if (-not $help) { $help = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
    }
}
