# npcreply completion fish > ~/.config/fish/completions/npcreply.fish
complete -c npcreply -k -a '(npcreply --complete (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
