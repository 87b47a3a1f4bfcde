// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.Configuration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "archive",
        description = "One pass: lists, fetches, stores, proves, and exits. Takes every unfinished item, whether its"
                + " next time has come or not.")
final class ArchiveCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common;

    @Mixin
    SpanOptions span;

    @Option(
            names = "--dry-run",
            description = "Asks the provider nothing: says what is due, how much, and how long the budget takes.")
    boolean isDryRun;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Configuration configuration = common.configuration();
        List<String> customers = common.someCustomers(configuration);
        if (isDryRun) {
            return new DryRun(configuration, spec.commandLine().getOut()).run(customers);
        }
        configuration.warnings().forEach(warning -> spec.commandLine().getErr().println("callvault: " + warning));
        return new ArchiveRun(configuration, customers, spec.commandLine().getOut())
                .run(span);
    }
}
