// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From nothing to a working archive, at a terminal. */
class InitIT {

    private static final String ENTER = "";

    @TempDir
    Path temporary;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls");
        scene.recordedCalls(3);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Terminal start() {
        return Terminal.start(
                scene.callvault.folder(), scene.callvault.installation().resolve("bin/callvault") + " init");
    }

    @Test
    void a_person_answers_some_questions_and_has_an_archive() throws IOException {
        try (Terminal terminal = start()) {
            terminal.answer("customer: ", "acme")
                    .answer("provider", "ringcentral")
                    .answer("server [", scene.lookalike.base())
                    .answer("client-id [", scene.lookalike.clientId())
                    .answer("client-secret [", scene.lookalike.clientSecret())
                    .answer("jwt [", scene.jwt)
                    .answer("schedule [", ENTER)
                    .answer("since [", "60 days")
                    .answer("since [", "60d")
                    .answer("time-zone [", ENTER)
                    .answer("set: ", ENTER)
                    .answer("kind: ", "file")
                    .answer("target [file]: ", "nas")
                    .answer("directory: ", "nas")
                    .answer("set: ", ENTER)
                    .answer("Store everything in one more place as well? [no]: ", ENTER)
                    .answer("Try it now, with callvault check? [yes]: ", ENTER);
            assertThat(terminal.exit()).as(terminal.shown()).isZero();
            assertThat(terminal.shown())
                    .contains("customer.acme.since = 60 days: must be a duration")
                    .contains("ok   acme at target nas: other bytes under the same name are refused")
                    .doesNotContain(scene.lookalike.clientSecret(), scene.jwt);
        }

        assertThat(scene.callvault.folder().resolve("application.properties"))
                .content()
                .doesNotContain(scene.lookalike.clientSecret(), scene.jwt);
        assertThat(scene.callvault.run("archive").exit()).isZero();
        assertThat(scene.nas().objects("acme"))
                .filteredOn(stored -> stored.path().endsWith(".mp3"))
                .hasSize(3);
    }

    @Test
    void ctrl_c_leaves_nothing() throws IOException {
        try (Terminal terminal = start()) {
            terminal.answer("customer: ", "acme")
                    .answer("provider", "ringcentral")
                    .answer("server [", ENTER)
                    .answer("client-id [", ENTER)
                    .answer("client-secret [", scene.lookalike.clientSecret())
                    .interrupt("jwt [");
            assertThat(terminal.exit()).as(terminal.shown()).isNotZero();
        }
        try (var left = Files.list(scene.callvault.folder())) {
            assertThat(left).isEmpty();
        }
    }
}
