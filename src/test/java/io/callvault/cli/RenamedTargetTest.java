// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RenamedTargetTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @TempDir
    Path folder;

    private SmallArchive archive;

    @BeforeEach
    void archive() throws IOException {
        archive = new SmallArchive(folder);
        archive.configure("target.fresh.kind = file\ntarget.fresh.directory = fresh");
        assertThat(run("nas").exit()).isZero();
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void close() {
        root.detachAppender(log);
        archive.close();
    }

    @Test
    void what_lies_at_former_targets_alone_is_told_before_it_is_fetched_again() throws IOException {
        assertThat(run("fresh").exit()).isZero();

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith("6 items of customer acme lie at target nas, which is not in its targets now,"
                        + " and not at fresh, so the provider is asked for them again."));
        assertThat(archive.objects("fresh")).hasSize(SmallArchive.RECORDINGS);
    }

    @Test
    void beside_the_old_name_they_are_copied_and_nothing_is_said() throws IOException {
        assertThat(run("fresh,nas").exit()).isZero();

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("asked for them again"))
                .contains("6 items of customer acme do not lie at all of its targets yet and are copied there");
    }

    private SmallArchive.Said run(String targets) throws IOException {
        Path configuration = folder.resolve("application.properties");
        String before = Files.readString(configuration);
        Files.writeString(
                configuration,
                before.replaceFirst("(?m)^customer.acme.targets = .*$", "customer.acme.targets = " + targets));
        return archive.run("archive");
    }
}
