using System.Reflection;
using Kaggle.Core.Data;

namespace Kaggle.Core.Commands;

/// <summary>Prints what a shell needs to complete this program's verbs, options and learners.</summary>
static class CompletionCommand
{
    public static readonly string[] Shells = ["bash", "zsh", "fish"];

    /// <param name="session">Names the command.</param>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    public static int Run(Session session, string shell)
    {
        var program = Assembly.GetEntryAssembly()?.Location;
        if (string.IsNullOrEmpty(program)) throw new InputException("The program's own file is not known, so no shell can be told how to call it.");
        var (name, call) = (session.Name, $"dotnet '{program.Replace("'", "'\\''")}'");
        // System.CommandLine answers [suggest:POSITION] with one completion a line.
        session.Terminal.Result(shell switch
        {
            "bash" => $$"""
                {{name}}() { {{call}} "$@"; }
                _{{name}}() {
                    local IFS=$'\n'
                    COMPREPLY=($(compgen -W "$({{call}} "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
                }
                complete -o default -F _{{name}} {{name}}
                """,
            "zsh" => $$"""
                {{name}}() { {{call}} "$@" }
                _{{name}}() { compadd -- ${(f)"$({{call}} "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)"} }
                compdef _{{name}} {{name}}
                """,
            _ => $$"""
                function {{name}}; {{call}} $argv; end
                complete -c {{name}} -a "({{call}} \"[suggest:\"(commandline -C)\"]\" (commandline -cp) 2>/dev/null)"
                """,
        });
        return Outcome.Done;
    }
}
