// SPDX-License-Identifier: Apache-2.0
package io.callvault.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.model.Receipt;
import io.callvault.store.Store;
import io.callvault.store.StorePut;
import io.callvault.store.StoredObject;
import io.callvault.testing.SettableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BeginningTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T12:00:00Z"));
    private final Memory store = new Memory();

    @Test
    void an_empty_target_is_begun_with_one_list() {
        store.objects.add("acme/check/callvault.txt");
        store.objects.add("acme2/journal/2026/03/01/1.jsonl.gz");
        assertThatCode(this::require).doesNotThrowAnyException();
        assertThat(store.asked).isZero();
    }

    @Test
    void any_object_of_a_journal_is_found_where_the_target_can_be_listed() {
        store.objects.add("acme/journal/2016/02/29/17.jsonl.gz");
        assertThatThrownBy(this::require)
                .isInstanceOfSatisfying(StopCustomerException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.LEDGER_BEHIND_JOURNAL))
                .hasMessageContaining("acme/journal/2016/02/29/17.jsonl.gz")
                .hasMessageContaining("callvault rebuild");
    }

    @Test
    void where_it_cannot_the_first_object_is_asked_for_day_by_day() {
        store.lists = false;
        store.objects.add("acme/journal/2025/12/31/1.jsonl.gz");
        assertThatThrownBy(this::require)
                .isInstanceOf(StopCustomerException.class)
                .hasMessageContaining("2025/12/31/1");
        store.objects.clear();
        store.asked = 0;
        assertThatCode(this::require).doesNotThrowAnyException();
        assertThat(store.asked).isEqualTo(100);
    }

    @Test
    void a_missing_object_that_is_called_forbidden_is_none_and_one_that_is_there_is_found() {
        store.lists = false;
        store.missing = new StopCustomerException(ErrorCode.STORE_DENIED, "403");
        assertThatCode(this::require).doesNotThrowAnyException();
        store.objects.add("acme/journal/2026/03/10/1.jsonl.gz");
        assertThatThrownBy(this::require).hasMessageContaining("2026/03/10/1");
    }

    @Test
    void a_target_that_does_not_answer_is_no_empty_one() {
        store.lists = false;
        store.missing = new TryAgainException(ErrorCode.STORE_UNREACHABLE, "no answer");
        assertThatThrownBy(this::require).isInstanceOf(TryAgainException.class);
    }

    private void require() {
        new Beginning("acme", "nas", store, clock).require();
    }

    private static final class Memory implements Store {

        private final Set<String> objects = new HashSet<>();
        private boolean lists = true;
        private RuntimeException missing;
        private int asked;

        @Override
        public Receipt put(StorePut put) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<StoredObject> stat(String path) {
            asked++;
            if (objects.contains(path)) {
                return Optional.of(new StoredObject(path, 1, null));
            }
            if (missing != null) {
                throw missing;
            }
            return Optional.empty();
        }

        @Override
        public long get(String path, long offset, long length, Path into) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean lists() {
            return lists;
        }

        @Override
        public void list(String prefix, Consumer<StoredObject> each) {
            objects.stream()
                    .filter(path -> path.startsWith(prefix))
                    .forEach(path -> each.accept(new StoredObject(path, 1, null)));
        }
    }
}
