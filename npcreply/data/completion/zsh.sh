#compdef npcreply
# npcreply completion zsh >> ~/.zshrc
_npcreply() {
    local -a found
    local value help
    while IFS=$'\t' read -r value help; do
        found+=("${value//:/\\:}${help:+:$help}")
    done < <(npcreply --complete "${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( ${#found} )); then
        _describe -V npcreply found
    else
        _files
    fi
}
compdef _npcreply npcreply
