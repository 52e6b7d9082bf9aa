// What a screen reader meets on the main pages: landmarks, headings, names of the controls, in their order. Names and days of the
// invented school are left open, so that a picture of today holds tomorrow.
import { test, expect } from '../fixtures/test';
import { enrol, enterByInvitation } from '../fixtures/people';
import { someFamily } from '../fixtures/families';

test('sign-in', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.locator('#app')).toMatchAriaSnapshot(`
    - main:
      - heading "慎独" [level=1]
      - blockquote
      - button "用通行密钥登录"
      - paragraph:
        - button "用登录名"
      - paragraph:
        - link "通行密钥丢了"
        - link "我是家长"
      - button "English"
      - button "换为深色"
  `);
});

test('list and card', async ({ page, school }) => {
  await enrol(page, school, 'consultant');
  await page.goto('/families');
  await expect(page.locator('tr[data-family]').first()).toBeVisible();
  await expect(page.locator('#app')).toMatchAriaSnapshot(`
    - link "跳到正文"
    - complementary "菜单":
      - navigation "主导航":
        - link "家庭"
        - link "班级"
    - banner
    - main:
      - heading "家庭" [level=1]
      - search "查找"
      - region "家庭列表":
        - table:
          - rowgroup:
            - row:
              - columnheader "学员"
              - columnheader "家长手机"
          - rowgroup:
            - row:
              - rowheader /已脱敏 /:
                - link /已脱敏 /
  `);

  const { card } = await someFamily(page);
  await page.goto(`/families/${card.id}`);
  await expect(page.locator('#thread-title')).toBeVisible();
  await expect(page.locator('#app')).toMatchAriaSnapshot(`
    - link "跳到正文"
    - main:
      - navigation "所在位置":
        - list:
          - listitem:
            - link "家庭"
      - heading /已脱敏 / [level=1]
      - button "添加学员"
      - button "添加家长"
      - button "记一笔"
      - region /家长/:
        - heading /家长/ [level=2]
        - button "编辑"
        - term: 手机
        - definition:
          - text: /已脱敏 1\\d\\d\\*+\\d{4}/
          - button "启封 手机"
      - region "学员":
        - heading "学员" [level=2]
        - button "编辑"
      - complementary:
        - region "进度":
          - heading "进度" [level=2]
          - combobox "阶段"
          - combobox "顾问"
          - textbox "下次联系 选填"
        - region "经过":
          - heading "经过" [level=2]
          - form "记一笔":
            - textbox "跟进内容"
            - textbox "下次联系 选填"
            - button "记下"
          - group "筛选":
            - button "全部" [pressed]
            - button "跟进"
            - button "改动"
            - button "查看"
          - list:
            - listitem: /\\d{4}/
            - listitem:
              - paragraph: /老师/
  `);
});

test('matrix', async ({ page, school }) => {
  await enrol(page, school, 'privacy_officer');
  await expect(page.getByRole('button', { name: /^家长 · 手机，课程顾问：/ })).toBeVisible();
  await expect(page.locator('#app')).toMatchAriaSnapshot(`
    - complementary "菜单":
      - navigation "主导航":
        - link "字段权限"
        - link "审计"
    - main:
      - heading "字段权限" [level=1]
      - region "字段可见性":
        - grid "字段可见性":
          - rowgroup:
            - row:
              - columnheader "字段"
              - columnheader "课程顾问"
              - columnheader "家长"
          - rowgroup:
            - row:
              - columnheader "收起学员":
                - button "收起学员"
            - row:
              - rowheader "姓名"
              - gridcell /^学员 · 姓名，课程顾问：/:
                - button /^学员 · 姓名，课程顾问：/
  `);
});

test('child', async ({ page, school }) => {
  const link = await school.invite({ role: 'guardian' });
  await enterByInvitation(page, school, link.url);
  await page.goto('/portal');
  await page.locator('a[href^="/portal/children/"]').first().click();
  await expect(page.locator('.log__item').first()).toBeVisible();
  await expect(page.locator('#app')).toMatchAriaSnapshot(`
    - link "跳到正文"
    - banner:
      - heading [level=1]
    - main:
      - navigation "这个孩子":
        - link "谁看过"
        - link "学校记着"
        - link "我的资料"
      - region "谁看过孩子的资料":
        - heading "谁看过孩子的资料" [level=2]
        - button "打印"
        - heading [level=3]
        - list:
          - listitem:
            - paragraph: /老师/
    - navigation "主导航":
      - link "孩子"
      - link "我的登录"
      - button "退出"
  `);
});
