// SPDX-License-Identifier: Apache-2.0
package io.callvault.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.model.ItemKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolRoomTest {

    private static final long SHARE = 10_000_000;

    private final SpoolRoom room = new SpoolRoom(SHARE);
    private int told;

    @Test
    void what_does_not_fit_waits_until_something_leaves() {
        room.onRoom("acme", () -> told++);
        arrive(1, 6_000_000);
        assertThat(room.take(item(2), 4_000_000L)).isTrue();
        assertThat(room.take(item(3), 1L)).isFalse();
        assertThat(room.isFull("acme")).isTrue();
        room.gone(item(1));
        assertThat(told).isEqualTo(1);
        assertThat(room.isFull("acme")).isFalse();
        assertThat(room.take(item(3), 1L)).isTrue();
        assertThat(room.used("acme")).isEqualTo(4_000_001);
    }

    @Test
    void one_customer_s_files_take_nothing_from_another_s_share() {
        arrive(1, SHARE);
        assertThat(room.take(item(2), 1L)).isFalse();
        assertThat(room.take(new ItemKey("bolt", "recording/1"), SHARE)).isTrue();
        assertThat(room.isFull("bolt")).isFalse();
    }

    @Test
    void an_item_larger_than_the_share_passes_when_it_is_alone() {
        arrive(1, 1);
        assertThat(room.take(item(2), SHARE * 3)).isFalse();
        room.gone(item(1));
        assertThat(room.take(item(2), SHARE * 3)).isTrue();
        assertThat(room.take(item(3), 1L)).isFalse();
    }

    @Test
    void small_ones_do_not_pass_by_a_large_one_that_waits() {
        arrive(1, 8_000_000);
        assertThat(room.take(item(2), 5_000_000L)).isFalse();
        assertThat(room.take(item(3), 1L)).isFalse();
    }

    @Test
    void what_is_here_already_needs_no_more_room() {
        arrive(1, SHARE);
        assertThat(room.take(item(2), 1L)).isFalse();
        assertThat(room.take(item(1), SHARE)).isTrue();
        assertThat(room.settle(item(1))).isFalse();
        assertThat(room.used("acme")).isEqualTo(SHARE);
    }

    @Test
    void what_never_came_gives_its_room_back() {
        assertThat(room.take(item(1), SHARE)).isTrue();
        room.grow(item(1), SHARE + 5);
        assertThat(room.used("acme")).isEqualTo(SHARE + 5);
        assertThat(room.settle(item(1))).isTrue();
        assertThat(room.used("acme")).isZero();
    }

    @Test
    void an_unknown_length_is_taken_for_the_longest_so_far() {
        assertThat(room.take(item(1), null)).isTrue();
        assertThat(room.used("acme")).isEqualTo(SpoolRoom.GUESS);
        room.whole(item(1), 3_000_000);
        room.settle(item(1));
        assertThat(room.take(item(2), null)).isTrue();
        assertThat(room.used("acme")).isEqualTo(6_000_000);
        room.whole(item(2), 10);
        assertThat(room.used("acme")).isEqualTo(3_000_010);
    }

    @Test
    void only_what_is_proved_leaves_and_the_longest_here_first() {
        arrive(1, 3_000_000);
        arrive(2, 3_000_000);
        arrive(3, 3_000_000);
        assertThat(room.take(item(4), 2_000_000L)).isFalse();
        assertThat(room.leaving("acme")).as("nothing is proved").isEmpty();
        room.proved(item(2));
        room.proved(item(3));
        assertThat(room.leaving("acme")).containsExactly(item(2));
        assertThat(room.leaving("acme")).as("it is leaving already").isEmpty();
        room.stays(item(2));
        assertThat(room.leaving("acme")).containsExactly(item(2));
    }

    @Test
    void nothing_leaves_in_vain_and_nothing_that_is_in_use() {
        arrive(1, 2_000_000);
        arrive(2, 8_000_000);
        room.proved(item(1));
        assertThat(room.take(item(3), 5_000_000L)).isFalse();
        assertThat(room.leaving("acme")).as("it would not be enough").isEmpty();
        room.proved(item(2));
        assertThat(room.take(item(2), 8_000_000L)).isTrue();
        assertThat(room.leaving("acme")).isEmpty();
        room.settle(item(2));
        assertThat(room.leaving("acme")).containsExactly(item(1), item(2));
    }

    @Test
    void what_is_leaving_cannot_be_taken() {
        arrive(1, SHARE);
        room.proved(item(1));
        room.take(item(2), 1L);
        room.leaving("acme");
        assertThat(room.take(item(1), SHARE)).isFalse();
    }

    /** Whatever happens in whatever order, the account is that of the files, and the bound holds. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_account_is_right_and_the_bound_holds(long seed) {
        Random random = new Random(seed);
        Map<ItemKey, Long> onTheirWay = new LinkedHashMap<>();
        Map<ItemKey, Long> here = new LinkedHashMap<>();
        int next = 0;
        boolean wasFull = false;
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    long bytes = 1 + random.nextInt(random.nextInt(50) == 0 ? 15_000_000 : 2_000_000);
                    ItemKey item = item(next++);
                    if (room.take(item, bytes)) {
                        onTheirWay.put(item, bytes);
                    }
                }
                case 2 -> any(random, onTheirWay).ifPresent(item -> {
                    long bytes = onTheirWay.remove(item);
                    if (random.nextInt(4) > 0) {
                        room.whole(item, bytes);
                        here.put(item, bytes);
                    }
                    assertThat(room.settle(item)).isEqualTo(!here.containsKey(item));
                });
                case 3 -> any(random, here).ifPresent(item -> room.proved(item));
                default -> {
                    List<ItemKey> leaving = new ArrayList<>(room.leaving("acme"));
                    if (leaving.isEmpty()) {
                        any(random, here).ifPresent(leaving::add);
                    }
                    leaving.forEach(item -> {
                        here.remove(item);
                        room.gone(item);
                    });
                }
            }
            long sum = onTheirWay.values().stream().mapToLong(Long::longValue).sum()
                    + here.values().stream().mapToLong(Long::longValue).sum();
            assertThat(room.used("acme")).isEqualTo(sum);
            if (onTheirWay.size() + here.size() > 1) {
                assertThat(sum).isLessThanOrEqualTo(SHARE);
            }
            wasFull |= room.isFull("acme");
        }
        assertThat(wasFull).as("the bound was met").isTrue();
    }

    private static java.util.Optional<ItemKey> any(Random random, Map<ItemKey, Long> items) {
        return items.keySet().stream().skip(items.isEmpty() ? 0 : random.nextInt(items.size())).findFirst();
    }

    /** Comes here and lies here. */
    private void arrive(int number, long bytes) {
        assertThat(room.take(item(number), bytes)).isTrue();
        room.whole(item(number), bytes);
        assertThat(room.settle(item(number))).isFalse();
    }

    private static ItemKey item(int number) {
        return new ItemKey("acme", "recording/" + number);
    }
}
