package org.laplace4j.linalg.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("scalar")
@Timeout(60)
class WorkerPoolTest {

  @Test
  void everyTaskRunsOnceOnAnyNumberOfThreads() {
    for (int threads : new int[] {1, 2, 16}) {
      var pool = new WorkerPool(threads);
      for (int tasks : new int[] {0, 1, 2, 3, 100}) {
        var runs = new AtomicIntegerArray(tasks);
        pool.forEach(tasks, runs::incrementAndGet);
        for (int i = 0; i < tasks; i++) {
          assertThat(runs.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void theCallerAndItsHelperWorkAtTheSameTime() {
    var both = new CyclicBarrier(2);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    new WorkerPool(2).forEach(2, task -> {
      threads.add(Thread.currentThread());
      try {
        both.await(30, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
    assertThat(threads).hasSize(2).contains(Thread.currentThread());
    threads.remove(Thread.currentThread());
    assertThat(threads).allMatch(Thread::isDaemon);
  }

  @Test
  void aCallFromWithinATaskRunsInline() {
    var pool = new WorkerPool(4);
    var inner = new AtomicInteger();
    var moved = new AtomicInteger();
    pool.forEach(8, task -> {
      var outer = Thread.currentThread();
      pool.forEach(5, nested -> {
        inner.incrementAndGet();
        if (Thread.currentThread() != outer) {
          moved.incrementAndGet();
        }
      });
    });
    assertThat(inner).hasValue(40);
    assertThat(moved).hasValue(0);
  }

  @Test
  void theFailureOfTheLowestTaskReachesTheCallerAndThePoolLivesOn() {
    var pool = new WorkerPool(3);
    for (int round = 0; round < 20; round++) {
      assertThatThrownBy(() -> pool.forEach(50, task -> {
            if (task % 10 == 7) {
              throw new IllegalStateException("task " + task);
            }
          }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("task 7");
    }
    assertThatThrownBy(() -> pool.forEach(5, task -> {
          throw new StackOverflowError();
        }))
        .isInstanceOf(StackOverflowError.class);
    var runs = new AtomicInteger();
    pool.forEach(10, task -> runs.incrementAndGet());
    assertThat(runs).hasValue(10);
  }

  @Test
  void anInterruptedCallerFinishesAndStaysInterrupted() {
    var runs = new AtomicInteger();
    Thread.currentThread().interrupt();
    new WorkerPool(2).forEach(100, task -> runs.incrementAndGet());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(runs).hasValue(100);
  }

  @Test
  void callersOnSeveralThreadsAllFinish() throws InterruptedException {
    var pool = new WorkerPool(2);
    var runs = new AtomicInteger();
    var callers = new Thread[6];
    for (int i = 0; i < callers.length; i++) {
      callers[i] = new Thread(() -> pool.forEach(1000, task -> runs.incrementAndGet()));
      callers[i].start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(runs).hasValue(6000);
  }
}
