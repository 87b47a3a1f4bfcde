// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.StopAllException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path directory;

    private ConfigurationHome home;

    @BeforeEach
    void prepare() {
        home = new ConfigurationHome(directory);
    }

    @Test
    void reading_asks_for_no_secret() {
        assertThat(home.read("customer.acme.key = {{env:NOT_THERE}}", "customer.acme.user = {{file:not-there}}")
                        .warnings())
                .isEmpty();
    }

    @Test
    void resolves_references_to_the_environment_to_files_and_to_other_keys() {
        home.write("secrets/key", "from a file\r\n");
        String path = System.getenv("PATH");

        Secrets secrets = home.read(
                        "customer.acme.key = {{file:secrets/key}}, {{own.key}}, a{{env:PATH}}, {{env:NOT_THERE:x,y}}",
                        "customer.acme.user = me",
                        "own.key = from a key")
                .resolveSecrets(List.of("acme"));

        assertThat(secrets.problems()).isEmpty();
        assertThat(secrets.ofCustomer("acme", "key")).containsExactly("from a file", "from a key", "a" + path, "x", "y");
        assertThat(secrets.ofCustomer("acme", "user")).containsExactly("me");
        assertThat(secrets.ofCustomer("acme", "server")).isEmpty();
    }

    @Test
    void tells_everything_that_is_missing_and_whom_it_concerns() {
        home.write("empty", "\n");
        Configuration configuration = home.read(
                "customer.acme.key = {{env:NOT_THERE}}",
                "customer.acme.targets = vault",
                "customer.beta.provider = voipco",
                "customer.beta.key = {{file:not-there}}, {{own.kee}}, {{file:empty}}, {{aws:name}}, {{sys:not.there}}",
                "customer.beta.targets = vault",
                "customer.gamma.provider = voipco",
                "customer.gamma.key = hush",
                "customer.gamma.targets = nas",
                "target.vault.kind = box",
                "target.vault.bucket = b",
                "target.vault.secretKey = hush {{env:NEITHER}}");

        Secrets secrets = configuration.resolveSecrets(configuration.customers().keySet());

        assertThat(secrets.problems())
                .containsExactlyInAnyOrder(
                        "customer.acme.key = ***: the environment variable NOT_THERE is not set; without it customer"
                                + " acme cannot be archived",
                        "customer.beta.key = ***: the file not-there cannot be read (NoSuchFileException); without it"
                                + " customer beta cannot be archived",
                        "customer.beta.key = ***: nothing sets own.kee; without it customer beta cannot be archived",
                        "customer.beta.key = ***: what it refers to is empty; without it customer beta cannot be"
                                + " archived",
                        "customer.beta.key = ***: the Camel component that brings the vault function aws is not in the"
                                + " directory lib; without it customer beta cannot be archived",
                        "customer.beta.key = ***: the system property not.there is not set; without it customer beta"
                                + " cannot be archived",
                        "target.vault.secretKey = ***: the environment variable NEITHER is not set; without it"
                                + " customers acme, beta cannot be archived");
        assertThat(secrets.refusedCustomers()).containsExactlyInAnyOrder("acme", "beta");
        assertThat(secrets.ofCustomer("gamma", "key")).containsExactly("hush");
        assertThatThrownBy(secrets::orStop)
                .isInstanceOf(StopAllException.class)
                .hasMessageContaining("NOT_THERE")
                .hasMessageContaining("NEITHER")
                .hasMessageNotContaining("hush");
    }

    @Test
    void resolves_only_what_the_asked_customers_use() {
        Configuration configuration = home.read(
                "customer.beta.provider = voipco",
                "customer.beta.key = fine",
                "customer.beta.targets = nas",
                "customer.acme.key = {{env:NOT_THERE}}");

        assertThat(configuration.resolveSecrets(List.of("beta")).problems()).isEmpty();
    }
}
