// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Starts a make-believe phone system on this machine and archives its calls and"
                + " messages into the directory callvault-demo. Needs no account. Run again, it finds that nothing is missing.")
final class DemoCommand implements Callable<Integer> {

    private static final Path FOLDER = Path.of("callvault-demo");

    @Option(
            names = "--serve",
            description = "Archives nothing: prints where the make-believe phone system answers and who may come in, and keeps"
                    + " it there until Ctrl-C. For trying init, check, archive and run.")
    boolean isServing;

    @Option(names = "--help", usageHelp = true, description = "Shows this and exits.")
    boolean help;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = FOLDER.toAbsolutePath();
        Clock clock = clock(folder);
        SandboxOptions options = SandboxOptions.demo();
        try (Sandbox sandbox = start(folder, options, clock)) {
            if (isServing) {
                return serve(sandbox, out);
            }
            System.setProperty("callvault.demo.client-id", options.credentials().clientId());
            System.setProperty("callvault.demo.client-secret", options.credentials().clientSecret());
            System.setProperty("callvault.demo.jwt", options.credentials().jwts().get(0));
            Path file = folder.resolve("application.properties");
            Files.writeString(file, properties(sandbox));
            String installation = System.getProperty("callvault.installation");
            Configuration configuration =
                    new ConfigurationReader(installation == null ? null : Path.of(installation)).read(file);
            out.println("A make-believe RingCentral answers at " + sandbox.server() + "; archiving it into " + folder);
            out.flush();
            int code = new ArchiveRun(configuration, List.of("demo"), out).run(new SpanOptions());
            out.println("Look at");
            out.println("  " + folder.resolve("archive/demo")
                    + ": recordings, voicemails, faxes and pictures, each with its call or message as JSON beside it");
            out.println("  " + folder.resolve("archive/demo/journal") + ": what was seen and stored, chained by hash");
            out.println("  " + command(installation) + " status --config " + FOLDER.resolve("application.properties"));
            out.flush();
            return code;
        }
    }

    private static int serve(Sandbox sandbox, PrintWriter out) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Interruption interruption = Interruption.calls(ended::countDown);
        SandboxOptions.Credentials credentials = sandbox.options().credentials();
        out.println("A make-believe RingCentral answers until Ctrl-C. What callvault init needs to archive it:");
        out.println("  provider       ringcentral");
        out.println("  server         " + sandbox.server());
        out.println("  client-id      " + credentials.clientId());
        out.println("  client-secret  " + credentials.clientSecret());
        out.println("  jwt            " + credentials.jwts().get(0));
        out.flush();
        ended.await();
        return interruption.over(ExitCode.DONE);
    }

    /** What can be typed: the program is seldom on the path of whoever tries it. */
    static String command(String installation) {
        return installation == null ? "callvault" : Path.of(installation, "bin", "callvault").toString();
    }

    /** At the port of the first run if it is free: its records name it, and so they stay the same. */
    private static Sandbox start(Path folder, SandboxOptions options, Clock clock) throws IOException {
        Path kept = folder.resolve("port");
        int port = Files.exists(kept) ? Integer.parseInt(Files.readString(kept).strip()) : 0;
        Sandbox sandbox = Sandbox.start(options.withPort(isFree(port) ? port : 0), clock);
        Files.writeString(kept, String.valueOf(sandbox.server().getPort()));
        return sandbox;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** The make-believe company stands still between runs: its time goes on from where the first run saw it. */
    private static Clock clock(Path folder) {
        Path began = folder.resolve("began");
        try {
            Files.createDirectories(folder);
            if (!Files.exists(began)) {
                Files.writeString(began, Instant.now().toString());
            }
            Instant first = Instant.parse(Files.readString(began).strip());
            return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), first));
        } catch (IOException e) {
            throw new StopAllException(
                    ErrorCode.HOME_UNUSABLE, "Tried to make " + folder + " for the demo but it failed: " + e, e);
        }
    }

    private static String properties(Sandbox sandbox) {
        return """
                # Written by callvault demo; the sandbox it names runs only while the demo does.
                customer.demo.provider = ringcentral
                customer.demo.server = %s
                customer.demo.client-id = {{sys:callvault.demo.client-id}}
                customer.demo.client-secret = {{sys:callvault.demo.client-secret}}
                customer.demo.jwt = {{sys:callvault.demo.jwt}}
                customer.demo.targets = disk
                target.disk.kind = file
                target.disk.directory = archive
                """
                .formatted(sandbox.server());
    }
}
