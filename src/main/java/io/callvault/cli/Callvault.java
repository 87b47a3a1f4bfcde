// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.error.ArchiveException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Spec;

/** The command without a word behind it. */
@Command(
        name = "callvault",
        description = "Copies a cloud phone system's calls and messages, with their recordings, voicemails, faxes and"
                + " pictures, into storage you own, and proves it.",
        mixinStandardHelpOptions = true,
        versionProvider = Callvault.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            ArchiveCommand.class,
            DemoCommand.class,
            StatusCommand.class,
            ReportCommand.class,
            VerifyCommand.class,
            RetryCommand.class,
            ReleaseCommand.class,
            ForecastCommand.class,
            RebuildCommand.class,
            CheckCommand.class,
            InitCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 a bug, 2 command line or configuration wrong, 3 work is left,"
                    + " 4 a customer could not be worked on, 5 nothing could be done."
        })
public final class Callvault implements Runnable {

    @Spec
    CommandLine.Model.CommandSpec spec;

    /** Runs a command line to its end and answers its exit code. */
    public static int execute(String... arguments) {
        NativeSha256.install();
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Callvault())
                .setExecutionExceptionHandler(new Failures())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say which command");
    }

    /** What ended a command: one sentence for ours, everything for a bug. */
    private static final class Failures implements IExecutionExceptionHandler {

        @Override
        public int handleExecutionException(
                Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
            PrintWriter err = commandLine.getErr();
            ArchiveException ours = ArchiveException.in(failure);
            if (ours == null) {
                err.println("callvault: this is a bug of Callvault:");
                failure.printStackTrace(err);
                return ExitCode.BUG;
            }
            ours.getMessage().lines().forEach(line -> err.println("callvault: " + line));
            return ExitCode.of(ours.code());
        }
    }

    /** From the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Callvault.class.getPackage().getImplementationVersion();
            return new String[] {"callvault " + (version == null ? "(not packaged)" : version)};
        }
    }
}
