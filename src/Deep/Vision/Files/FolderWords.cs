using System.Text;

namespace Kaggle.Deep.Vision.Files;

/// <summary>What a folder's rows are for, as its name says it.</summary>
enum FolderPart
{
    /// <summary>The name does not say.</summary>
    None,

    Train,
    Test,
    Validation,

    /// <summary>To be predicted, without answers: Intel's seg_pred.</summary>
    Prediction,
}

/// <summary>Folders by the words in their names: train, seg_train, training_set, TrainImages, val2017; images beside masks.</summary>
static class FolderWords
{
    static readonly Dictionary<string, FolderPart> parts = new()
    {
        ["train"] = FolderPart.Train, ["training"] = FolderPart.Train, ["trainset"] = FolderPart.Train,
        ["test"] = FolderPart.Test, ["testing"] = FolderPart.Test, ["testset"] = FolderPart.Test,
        ["val"] = FolderPart.Validation, ["valid"] = FolderPart.Validation, ["validation"] = FolderPart.Validation, ["valset"] = FolderPart.Validation,
        ["pred"] = FolderPart.Prediction, ["predict"] = FolderPart.Prediction, ["prediction"] = FolderPart.Prediction,
    };

    static readonly HashSet<string> photos = ["image", "images", "img", "imgs", "photo", "photos", "picture", "pictures", "pics", "jpg", "jpeg", "jpegimages"];

    static readonly HashSet<string> masks =
        ["annotation", "annotations", "mask", "masks", "trimap", "trimaps", "segmentation", "segmentations", "segmentationclass", "segmentationobject", "groundtruth", "gt"];

    /// <returns>The part that a folder's name says; none where it says two.</returns>
    public static FolderPart PartOf(string folder)
    {
        FolderPart[] said = [.. Words(folder).Select(w => parts.GetValueOrDefault(w)).Where(p => p != FolderPart.None).Distinct()];
        return said.Length == 1 ? said[0] : FolderPart.None;
    }

    /// <returns>The part that the first folder of a file's path says which says one.</returns>
    public static FolderPart PartOfPath(string name) => name.Split('/')[..^1].Select(PartOf).FirstOrDefault(p => p != FolderPart.None);

    /// <returns>Whether a file lies under a folder that is called images, photos or the like.</returns>
    public static bool LiesWithPhotos(string name) => name.Split('/')[..^1].Any(f => Words(f).Any(photos.Contains));

    /// <returns>Whether a file lies under a folder that is called masks, annotations or the like: a picture of answers, not of things.</returns>
    public static bool LiesWithMasks(string name) => name.Split('/')[..^1].Any(f => Words(f).Any(masks.Contains));

    /// <returns>Runs of letters in lower case; a capital after a small letter begins a new one.</returns>
    static IEnumerable<string> Words(string folder)
    {
        var word = new StringBuilder();
        var before = ' ';
        foreach (var c in folder)
        {
            if (word.Length > 0 && (!char.IsLetter(c) || (char.IsUpper(c) && char.IsLower(before))))
            {
                yield return word.ToString();
                word.Clear();
            }
            if (char.IsLetter(c)) word.Append(char.ToLowerInvariant(c));
            before = c;
        }
        if (word.Length > 0) yield return word.ToString();
    }
}
