// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import io.callvault.sandbox.SandboxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a benchmark finds and leaves things.
 *
 * @param distribution the packaged program
 * @param classes the compiled tests
 * @param directory new and empty
 */
record House(Path distribution, Path classes, Path directory) {

    /** The end of {@link #settings}: a directory named {@code archive} beside the configuration. */
    static final String DISK =
            """
            target.disk.kind = file
            target.disk.directory = archive
            """;

    /** A customer of the sandbox there, whose recordings cost it nothing and go to the target named {@code disk}. */
    static String customer(String id, URI sandbox) {
        SandboxOptions.Credentials credentials = SandboxOptions.demo().credentials();
        return """
                customer.%1$s.provider = ringcentral
                customer.%1$s.server = %2$s
                customer.%1$s.client-id = %3$s
                customer.%1$s.client-secret = %4$s
                customer.%1$s.jwt = %5$s
                customer.%1$s.targets = disk
                """
                .formatted(
                        id,
                        sandbox,
                        credentials.clientId(),
                        credentials.clientSecret(),
                        credentials.jwts().get(0));
    }

    /** One customer, {@code bench}, without limit. */
    static String settings(URI sandbox, String target) {
        return customer("bench", sandbox) + "gate.ringcentral.heavy.limit = 1000000\n" + target;
    }

    /** A command of the packaged program. */
    List<String> callvault(String... arguments) {
        List<String> command = new ArrayList<>(List.of(distribution.resolve("bin/callvault").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A program of the benchmark's own, in a JVM of its own, with all that the packaged program has. */
    List<String> java(String heap, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-cp",
                distribution.resolve("lib") + "/*:" + classes,
                program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
