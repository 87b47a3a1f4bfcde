// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.callvault.config.ConfigurationReader;
import io.callvault.error.ErrorCode;
import io.callvault.provider.ProviderFixture.Trouble;
import io.callvault.testing.FlyingTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every provider must do, through its own routes. Finds them by listing {@code routes/}. */
@ParameterizedClass(name = "{0}")
@MethodSource("providers")
class ProviderContractTest {

    private static final Instant NOW = Instant.parse("2026-03-12T17:00:00Z");

    private final String provider;
    private final FlyingTime time = new FlyingTime(NOW);

    @TempDir
    Path home;

    private ProviderFixture service;

    ProviderContractTest(String provider) {
        this.provider = provider;
    }

    static List<String> providers() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("routes"))) {
            List<String> found = folders.filter(folder -> Files.exists(folder.resolve("provider.yaml")))
                    .map(folder -> folder.getFileName().toString())
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    @BeforeEach
    void find() throws ReflectiveOperationException {
        String name = "io.callvault.provider." + provider + "."
                + Character.toUpperCase(provider.charAt(0)) + provider.substring(1) + "Fixture";
        try {
            service = (ProviderFixture) Class.forName(name).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException none) {
            fail("provider " + provider + " has no fixture: write the class " + name);
        }
    }

    @AfterEach
    void close() {
        assertThat(service.misbehaviour()).isEmpty();
        service.close();
        time.close();
    }

    @Test
    void everything_is_archived_with_one_request_for_each_binary() {
        House house = open(false);
        House.Pass pass = house.pass();
        assertThat(pass.isGood()).as("%s", pass).isTrue();
        assertThat(house.stored()).isEqualTo(service.binaries());
        assertThat(house.sidecars()).hasSameSizeAs(service.binaries());
        assertThat(service.binariesAsked()).isEqualTo(service.binaries().size());
        assertThat(service.tokensAsked()).isEqualTo(1);
        assertThat(house.spooled()).isEmpty();
    }

    @Test
    void a_second_pass_only_lists() {
        House house = open(false);
        house.pass();
        int asked = service.binariesAsked();
        int pages = service.pagesAsked();
        House.Pass second = house.pass();
        assertThat(second.isGood()).isTrue();
        assertThat(service.binariesAsked()).isEqualTo(asked);
        assertThat(service.pagesAsked()).isGreaterThan(pages);
    }

    @Test
    void where_nothing_is_nothing_is_archived() {
        House house = open(true);
        House.Pass pass = house.pass();
        assertThat(pass.isGood()).as("%s", pass).isTrue();
        assertThat(pass.counts().items()).isEmpty();
        assertThat(house.stored()).isEmpty();
        assertThat(service.pagesAsked()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void what_goes_wrong_once_is_made_good_in_the_same_pass(Trouble trouble) {
        House house = open(false);
        service.trouble(trouble);
        House.Pass pass = house.pass();
        assertThat(pass.isGood()).as("%s", pass).isTrue();
        assertThat(house.stored()).isEqualTo(service.binaries());
        assertThat(service.tokensAsked()).isLessThanOrEqualTo(2);
    }

    @Test
    void a_binary_that_is_not_found_holds_nothing_else_back() {
        House house = open(false);
        service.lose();
        House.Pass pass = house.pass();
        assertThat(pass.stopped()).isNull();
        assertThat(house.stored()).hasSize(service.binaries().size() - 1);
        assertThat(pass.items("stored")).isEqualTo(service.binaries().size() - 1);
        assertThat(pass.items("waiting") + pass.items("gone")).isEqualTo(1);
    }

    @Test
    void a_wrong_credential_stops_the_customer_with_one_request() {
        Map<String, String> keys = new HashMap<>(service.open(time.clock(), false));
        keys.replaceAll((key, value) -> credentials().contains(key) ? "wrong" : value);
        House.Pass pass = new House(home, time, keys).pass();
        assertThat(pass.stopped().code()).isEqualTo(ErrorCode.CREDENTIALS_REJECTED);
        assertThat(service.tokensAsked()).isEqualTo(1);
        assertThat(service.pagesAsked()).isZero();
    }

    @Test
    void nothing_is_sent_but_gets_and_the_token_request() {
        open(false).pass();
        assertThat(service.requests()).hasSizeGreaterThan(service.binaries().size()).allSatisfy(request -> assertThat(
                        request.startsWith("GET ") || request.equals(service.tokenRequest()))
                .as(request)
                .isTrue());
    }

    /** Keys that hold what a customer signs in with. */
    private Set<String> credentials() {
        Path file = home.resolve("application.properties");
        try {
            Files.writeString(file, "callvault.routes = " + Path.of("routes").toAbsolutePath() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ConfigurationReader(null).read(file).providers().get(provider).keys().values().stream()
                .filter(key -> key.type().isHidden())
                .map(key -> key.name())
                .collect(Collectors.toSet());
    }

    private House open(boolean isEmpty) {
        return new House(home, time, service.open(time.clock(), isEmpty));
    }
}
