return await new CommandLine(new ImageFolder()).RunAsync(args);
