// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.engine.LiveEngine;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "run", description = "The service: archives each customer by its schedule until it gets SIGTERM.")
final class RunCommand implements Callable<Integer> {

    /** A change is taken up when it was seen twice. */
    private static final int LOOK_EVERY_SECONDS = 2;

    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Interruption interruption = Interruption.calls(ended::countDown);
        try (LiveEngine live = LiveEngine.start(
                common.reader(),
                common.file(),
                common::someCustomers,
                common::log,
                () -> ended.getCount() == 0,
                Clock.systemUTC(),
                null)) {
            PrintWriter err = spec.commandLine().getErr();
            live.configuration().warnings().forEach(warning -> err.println("callvault: " + warning));
            PrintWriter out = spec.commandLine().getOut();
            out.println("callvault: running for " + String.join(", ", common.customers(live.configuration())));
            if (live.consoleAddress() != null) {
                out.println("callvault: console at " + live.consoleAddress());
            }
            out.flush();
            while (!ended.await(LOOK_EVERY_SECONDS, TimeUnit.SECONDS)) {
                live.look();
            }
            live.end();
        } catch (RuntimeException e) {
            interruption.over(ExitCode.BUG);
            throw e;
        }
        return interruption.over(ExitCode.DONE);
    }
}
