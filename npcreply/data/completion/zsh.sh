#compdef npcreply
# npcreply completion zsh >> ~/.zshrc
_npcreply() {
    local -a found
    local line value help files=
    while IFS= read -r line; do
        value="${line%%$'\t'*}" help="${line#"$value"}" help="${help#$'\t'}"
        if [[ -z "$value" ]]; then
            files=1
        else
            found+=("${value//:/\\:}${help:+:$help}")
        fi
    done < <(npcreply --complete "${(@)words[2,CURRENT]}" 2>/dev/null)
    (( ${#found} )) && _describe -V npcreply found
    [[ -n "$files" ]] && _files
}
compdef _npcreply npcreply
