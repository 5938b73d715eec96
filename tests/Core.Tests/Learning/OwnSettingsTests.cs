using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Core.Learning;

public class OwnSettingsTests
{
    [Fact]
    public void Pipelines_whose_steps_differ_have_other_settings() =>
        Assert.NotEqual(
            UnitKey.Settings(new Pipeline([new OneHot { MinCount = 2 }])).ToJsonString(),
            UnitKey.Settings(new Pipeline([new OneHot { MinCount = 3 }])).ToJsonString());

    [Fact]
    public void A_step_is_written_with_its_type() =>
        Assert.Contains("\"type\":\"FillMissing\"", UnitKey.Settings(new Pipeline([new FillMissing()])).ToJsonString());
}
