// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.Configuration;
import io.callvault.engine.ConsoleServer;
import io.callvault.engine.Engine;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "run", description = "The service: archives each customer by its schedule until it gets SIGTERM.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = common.configuration();
        List<String> customers = common.someCustomers(configuration);
        configuration.warnings().forEach(warning -> spec.commandLine().getErr().println("callvault: " + warning));
        CountDownLatch ended = new CountDownLatch(1);
        Interruption interruption = Interruption.calls(ended::countDown);
        try (Engine engine = Engine.start(configuration, customers, "run", true, Clock.systemUTC());
                ConsoleServer console = ConsoleServer.start(configuration, engine)) {
            spec.commandLine().getOut().println("callvault: running for " + String.join(", ", customers));
            if (console != null) {
                spec.commandLine()
                        .getOut()
                        .println("callvault: metrics and health at port " + configuration.consolePort() + ", /observe");
            }
            spec.commandLine().getOut().flush();
            ended.await();
            engine.endService();
        } catch (RuntimeException e) {
            interruption.over(ExitCode.BUG);
            throw e;
        }
        return interruption.over(ExitCode.DONE);
    }
}
