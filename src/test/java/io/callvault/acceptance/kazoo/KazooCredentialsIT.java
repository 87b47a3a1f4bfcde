// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.acceptance.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Customers who do not get a token, beside one who does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KazooCredentialsIT {

    private static final String UNKNOWN_KEY = "0123456789abcdef".repeat(4);
    private static final String WRONG_PASSWORD = "certainly-not-this-one";

    private KazooScene scene;
    private Account acme;
    private Outcome outcome;

    @BeforeAll
    void archive(@TempDir Path temporary) {
        scene = new KazooScene(temporary);
        acme = account("acme");
        Account wrongKey = account("wrongkey");
        scene.secret("wrongkey", "API_KEY", UNKNOWN_KEY);
        Account wrongPassword = scene.kazoo.account("Wrong Password");
        wrongPassword.user("archiver@example.test", "the-right-one-for-once");
        scene.customer("wrongpassword", wrongPassword, "cdrs", "archiver@example.test", WRONG_PASSWORD);
        account("disabled").switches().disable();
        for (Account account : List.of(acme, wrongKey, wrongPassword)) {
            account.recording(scene.ago(Duration.ofDays(2)));
        }
        outcome = scene.archive();
    }

    private Account account(String customer) {
        Account account = scene.kazoo.account("Company " + customer);
        scene.customer(customer, account, "recordings, cdrs");
        return account;
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @Test
    void an_archive_ends_with_four_and_names_each_of_them() {
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(4);
        assertThat(outcome.said()).contains("wrongkey", "wrongpassword", "disabled");
    }

    @Test
    void the_others_are_archived_all_the_same() {
        Proofs.storedExactlyOnce(scene.nas(), "acme", acme.rows(Feed.RECORDINGS));
    }

    /** An unknown key comes back in the answer. */
    @Test
    void no_key_or_password_is_written_anywhere_right_or_wrong() {
        Proofs.secretsAreNowhere(
                scene,
                UNKNOWN_KEY,
                WRONG_PASSWORD,
                Doorman.hash("md5", "archiver@example.test:" + WRONG_PASSWORD),
                Doorman.hash("sha", "archiver@example.test:" + WRONG_PASSWORD));
    }

    @Test
    void what_was_refused_is_not_asked_again_and_again() {
        Proofs.goodManners(scene.kazoo);
        assertThat(scene.kazoo.log())
                .filteredOn(asked -> asked.kind() == Asked.Kind.TOKEN)
                .hasSizeBetween(4, 10);
    }
}
