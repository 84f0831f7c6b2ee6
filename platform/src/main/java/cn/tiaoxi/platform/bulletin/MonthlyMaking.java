package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.PlatformException;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.WorkingCalendar;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Makes the draft of last month's bulletin on the working day that the city chose; a platform that
 * stood still that day makes up for it. Any number of platforms may look: one makes it.
 */
@Component
class MonthlyMaking {
    private static final Logger LOG = LoggerFactory.getLogger(MonthlyMaking.class);

    private final Bulletins bulletins;
    private final BulletinStore store;
    private final FigureMaker maker;
    private final BulletinSettings settings;
    private final WorkingCalendar calendar;
    private final City city;
    private final Clock clock;

    MonthlyMaking(
            Bulletins bulletins,
            BulletinStore store,
            FigureMaker maker,
            BulletinSettings settings,
            WorkingCalendar calendar,
            City city,
            Clock clock) {
        this.bulletins = bulletins;
        this.store = store;
        this.maker = maker;
        this.settings = settings;
        this.calendar = calendar;
        this.city = city;
        this.clock = clock;
    }

    /**
     * Makes what is due.
     *
     * @return whether a bulletin was made
     */
    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT2M")
    boolean make() {
        ZonedDateTime now = clock.instant().atZone(city.zone());
        YearMonth month = bulletins.lastMonth();
        if (!isDue(now) || store.exists(month) || !maker.hasFigures(month)) {
            return false;
        }
        try {
            bulletins.makeAlone(month);
            LOG.info("The bulletin of {} was made and waits for the data office", month);
            return true;
        } catch (PlatformException e) {
            LOG.info("The bulletin of {} was not made: {}", month, e.getMessage());
            return false;
        }
    }

    private boolean isDue(ZonedDateTime now) {
        LocalDate today = now.toLocalDate();
        long gone =
                today.withDayOfMonth(1)
                        .datesUntil(today.plusDays(1))
                        .filter(calendar::isWorkingDay)
                        .count();
        int wanted = settings.make().workingDay();
        if (gone == wanted && calendar.isWorkingDay(today)) {
            return !now.toLocalTime().isBefore(settings.make().from());
        }
        return gone >= wanted;
    }
}
