# npcreply completion fish > ~/.config/fish/completions/npcreply.fish
function __npcreply_complete
    for line in (npcreply --complete (commandline -opc)[2..] (commandline -ct) 2>/dev/null)
        if test "$line" = \tfiles
            __fish_complete_path (commandline -ct)
        else
            printf '%s\n' $line
        end
    end
end
complete -c npcreply -f -k -a '(__npcreply_complete)'
