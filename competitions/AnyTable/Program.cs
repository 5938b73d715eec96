return await new TableCompetition
{
    Name     = "AnyTable",
    Question = "What does a folder with train, test and sample_submission files ask?",
    Learners = Choice.For,
    Ensemble = Choice.Ensemble,
    Sample   = () => Bicycles.Simulate(seed: 7),
}.RunAsync(args);
