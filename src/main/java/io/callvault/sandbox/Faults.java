// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that are switched on. Of several that answer in place of the endpoint, the first added one does. */
public final class Faults {

    private final List<Fault.Armed> armed = new CopyOnWriteArrayList<>();

    Faults() {}

    public Fault.Armed add(Fault fault) {
        Fault.Armed one = new Fault.Armed(fault);
        armed.add(one);
        return one;
    }

    /** All is well again. */
    public void clear() {
        armed.clear();
    }

    Answer before(Request request) {
        for (Fault.Armed one : armed) {
            Answer answer = one.before(request);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    Answer after(Request request, Answer answer) {
        Answer changed = answer;
        for (Fault.Armed one : armed) {
            changed = one.after(request, changed);
        }
        return changed;
    }

    int shift(Request request) {
        return armed.stream().mapToInt(one -> one.shift(request)).sum();
    }

    void change(Request request, ArrayNode rows) {
        for (Fault.Armed one : armed) {
            for (int i = rows.size() - 1; i >= 0; i--) {
                JsonNode row = one.changed(request, rows.get(i));
                if (row == null) {
                    rows.remove(i);
                } else {
                    rows.set(i, row);
                }
            }
        }
    }
}
