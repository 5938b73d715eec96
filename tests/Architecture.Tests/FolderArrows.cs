using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Kaggle.Tests.Architecture;

/// <summary>Who uses whom, by folder (= namespace), read from the compiled assemblies: signatures, fields, attributes and method bodies.</summary>
static class FolderArrows
{
    static readonly string[] Assemblies = ["Kaggle.Core", "Kaggle.Baselines", "Kaggle.Deep"];

    /// <returns>Distinct pairs like ("Core.Metrics", "Core.Data").</returns>
    public static IReadOnlySet<(string From, string To)> Read()
    {
        var arrows = new HashSet<(string, string)>();
        foreach (var assembly in Assemblies)
        {
            using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
            foreach (var type in module.GetAllTypes())
                if (Folder(type) is { } from)
                    foreach (var used in Uses(type))
                        if (Folder(used) is { } to && to != from) arrows.Add((from, to));
        }
        return arrows;
    }

    /// <returns>"Core.Data" for Kaggle.Core.Data.Column; null for types that are not ours.</returns>
    static string? Folder(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        if (!type.Namespace.StartsWith("Kaggle.", StringComparison.Ordinal)) return null;
        var parts = type.Namespace.Split('.');
        return parts.Length < 3 ? parts[1] : $"{parts[1]}.{parts[2]}";
    }

    static IEnumerable<TypeReference> Uses(TypeDefinition type)
    {
        var found = new List<TypeReference?> { type.BaseType };
        found.AddRange(type.Interfaces.Select(i => i.InterfaceType));
        found.AddRange(type.CustomAttributes.Select(a => a.AttributeType));
        found.AddRange(type.Fields.Select(f => f.FieldType));
        foreach (var method in type.Methods)
        {
            found.Add(method.ReturnType);
            found.AddRange(method.Parameters.Select(p => p.ParameterType));
            found.AddRange(method.CustomAttributes.Select(a => a.AttributeType));
            if (!method.HasBody) continue;
            found.AddRange(method.Body.Variables.Select(v => v.VariableType));
            foreach (var instruction in method.Body.Instructions)
                switch (instruction.Operand)
                {
                    case TypeReference used: found.Add(used); break;
                    case FieldReference field: found.Add(field.DeclaringType); found.Add(field.FieldType); break;
                    case MethodReference call:
                        found.Add(call.DeclaringType);
                        found.Add(call.ReturnType);
                        if (call is GenericInstanceMethod generic) found.AddRange(generic.GenericArguments);
                        break;
                }
        }
        return found.SelectMany(Parts);
    }

    /// <summary>A generic or array type is its parts too.</summary>
    static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
