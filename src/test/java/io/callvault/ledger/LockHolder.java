// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;

/** Run as a process of its own: takes the lock of a home and an address, says so, and holds it until it is killed. */
final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
        WorkLock.take(
                Path.of(arguments[0]),
                arguments[1],
                "archive",
                Clock.fixed(LedgerSamples.NOW, ZoneOffset.UTC),
                () -> System.out.println("lost"));
        System.out.println("held");
        System.out.flush();
        while (System.in.read() >= 0) {
            continue; // until whoever started it ends it, or ends
        }
    }

    /** Starts one and waits until it holds the lock. */
    static Process start(Path home, String jdbcUrl) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        home.toString(),
                        jdbcUrl)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = process.inputReader().readLine();
        if (!"held".equals(line)) {
            process.destroyForcibly();
            throw new IOException("the other process said " + line);
        }
        return process;
    }
}
