// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.ledger.Ledger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * A ledger, with all of its books, lent to one engine. Once it is taken back, whatever of that engine still comes to its end, a
 * put into a directory that hung perhaps, changes nothing any more that by then is the next engine's.
 */
final class Loan {

    private final Ledger ledger;
    private volatile boolean isOver;

    Loan(Ledger ledger) {
        this.ledger = lent(Ledger.class, ledger);
    }

    /** The ledger as the engine sees it. */
    Ledger ledger() {
        return ledger;
    }

    /** What is asked for from now on is refused as cancelled. */
    void end() {
        isOver = true;
    }

    private <T> T lent(Class<T> kind, Object book) {
        return kind.cast(Proxy.newProxyInstance(
                kind.getClassLoader(), new Class<?>[] {kind}, (proxy, method, arguments) -> call(book, method, arguments)));
    }

    private Object call(Object book, Method method, Object[] arguments) throws Throwable {
        Class<?> kind = method.getReturnType();
        if (isOver) {
            CancellationException over = new CancellationException("the ledger is another engine's now");
            if (kind == CompletableFuture.class) {
                return CompletableFuture.failedFuture(over);
            }
            throw over;
        }
        try {
            Object answer = method.invoke(book, arguments);
            boolean isBook = kind.isInterface() && kind.getPackage().equals(Ledger.class.getPackage());
            return isBook ? lent(kind, answer) : answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
