namespace Kaggle.Tests.Baselines.Text;

/// <summary>Made by peer_vectors.py with scikit-learn 1.2.1; not to be changed by hand.</summary>
static class TextPeerVectors
{
    public static readonly string?[] Texts =
    [
        "Forest fire near La Ronge Sask. Canada",
        "I love fruits",
        "Fire! fire! FIRE in the forest",
        "Summer is lovely",
        "My car is so fast",
        "Flood in the forest near Canada",
        "the café is on fire, señor",
        "What a lovely summer, I love it",
        "Heavy rain: flood and fire",
        "so fast, so lovely, so so",
        "",
        "12 people 12 cars x",
        "fruits of the forest",
        "rain in Canada",
        "no fire no flood",
        "We love the forest; the forest loves us",
    ];

    public static readonly float[] Yes = [1f, 0f, 1f, 0f, 0f, 1f, 1f, 0f, 1f, 0f, 0f, 1f, 0f, 1f, 1f, 0f];

    public static readonly float[] Kinds = [0f, 1f, 0f, 1f, 2f, 0f, 0f, 1f, 0f, 2f, 2f, 2f, 1f, 0f, 0f, 1f];

    public static readonly float[] Value = [4.8f, 1.3f, 4f, 1.6f, 1.7f, 4.1f, 3.6f, 3.1f, 3.6f, 2.5f, 0f, 2.9f, 2f, 2.4f, 2.6f, 3.9f];

    public static readonly float[] WordCosines = [1f, 0f, 0.411835218f, 0f, 0f, 0.555620457f, 0.235850373f, 0f, 0.212560573f, 0f, 0f, 0f, 0.195906984f, 0.290746103f, 0.280095974f, 0.227680294f];

    public static readonly float[] LetterCosines = [1f, 0.0234965147f, 0.289936371f, 0.0235515889f, 0.106706601f, 0.527964053f, 0.123959646f, 0.0383679192f, 0.120613887f, 0.0385233984f, 0f, 0.0303528822f, 0.185994454f, 0.295101973f, 0.151359489f, 0.210281456f];

    public static readonly float[] AcrossCosines = [1f, 0.0222311723f, 0.19844145f, 0.0185831497f, 0.0851636204f, 0.372584456f, 0.10530786f, 0.0363748046f, 0.0836891465f, 0.0350020277f, 0f, 0.0311762332f, 0.1060387f, 0.185814113f, 0.152084492f, 0.154794783f];

    public static readonly float[] DigitCosines = [1f, 1f, 0.10247928f, 0.144408751f];

    public static readonly float[] CappedProducts = [0f, 0f, 18.4106326f, 0f, 0f, 18.4106326f, 0f, 0f, 0f, 0f, 0f, 0f, 4.94517717f, 5.98741251f, 0f, 9.89035434f];

    public static readonly float[] LogisticOf3 = [0.857313194f, 0.100032934f, 0.8292994f, 0.122301952f, 0.229946357f, 0.830580126f, 0.760943041f, 0.0873342036f, 0.892367622f, 0.0907991962f, 0.386322638f, 0.651076828f, 0.235145914f, 0.856286853f, 0.881564792f, 0.188680128f];

    public static readonly float[] SoftmaxOf3 = [0.873681931f, 0.056322462f, 0.0699956067f, 0.0446943988f, 0.859356841f, 0.0959487607f, 0.876309568f, 0.0806291762f, 0.0430612554f, 0.0845547204f, 0.75435511f, 0.161090169f, 0.0890052945f, 0.0586762188f, 0.852318487f, 0.860826948f, 0.0844950285f, 0.0546780232f, 0.776557634f, 0.110369485f, 0.113072881f, 0.0420007287f, 0.87122217f, 0.0867771012f, 0.911194823f, 0.032142949f, 0.0566622283f, 0.061297841f, 0.140742003f, 0.797960155f, 0.234583667f, 0.192241957f, 0.573174376f, 0.146941187f, 0.0990823084f, 0.753976505f, 0.154550038f, 0.754632674f, 0.090817288f, 0.845532071f, 0.0438487561f, 0.110619173f, 0.890383671f, 0.0317081062f, 0.0779082225f, 0.107856521f, 0.830163332f, 0.0619801474f];

    public static readonly float[] NbSvmOf4 = [0.833009101f, 0.146124024f, 0.855450561f, 0.224812271f, 0.244765262f, 0.700879435f, 0.756621429f, 0.136003513f, 0.875817041f, 0.177816267f, 0.411041052f, 0.411041052f, 0.286682312f, 0.732068383f, 0.897082699f, 0.310785366f];

    public static readonly float[] RidgeOfAHalf = [4.32466256f, 1.56397256f, 3.88036267f, 1.95541338f, 1.89076144f, 3.84887568f, 3.2794971f, 2.63672442f, 3.17727331f, 2.25721235f, 1.36923649f, 2.4577081f, 2.4345136f, 2.5960879f, 2.92515526f, 3.50254318f];

    public static readonly float[] SingularValues = [1.86323482f, 1.46399633f, 1.40222852f, 1.21743166f, 1.11515888f];
}
